import { type ReactNode, useEffect, useRef } from 'react';

let isFirst = true;

/** A page: its title is the heading and the tab's title. After a navigation the heading has the focus. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Co-sell workspace`;
  }, [title]);
  useEffect(() => {
    // A page that has just been loaded keeps the browser's own focus.
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <>
      <div className="page-head">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {actions}
      </div>
      {children}
    </>
  );
}
