import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { mayLeave } from './router.tsx';

type DialogProps = { title: string; isUnsaved?: boolean; onClose(): void; children: ReactNode };

/** A modal dialog: Escape closes it, after a question if its text is not saved, and the focus returns to where it was. */
export function Dialog({ title, isUnsaved = false, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    dialog.current?.showModal();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, [opener]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onClose={onClose}
      onKeyDown={(event) => {
        // Not `cancel`: browsers ignore a second refusal.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (!isUnsaved || mayLeave()) onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
