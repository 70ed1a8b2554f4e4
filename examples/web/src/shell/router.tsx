/** URLs for pages, on the browser's history alone: links, Back, and a question before unsaved text is lost. */
import { type AnchorHTMLAttributes, type MouseEvent, useEffect } from 'react';
import { createStore } from './store.ts';

const here = () => location.pathname + location.search;
const shown = createStore(here());
const question = 'Leave without saving? What you have typed will be lost.';
let unsaved = 0;
// After a reload the page is still at its place in the history.
let index = (history.state as { index?: number } | null)?.index ?? 0;
let isReturning = false;

// Every entry of the history has its place in it, so that a refused Back can be undone.
history.replaceState({ index }, '');

/** Whether the user agrees to lose what is not saved; asks only if something is not. */
export const mayLeave = (): boolean => unsaved === 0 || confirm(question);

/** Goes to a page of the workspace. `replace` leaves no entry to go back to; `discard` asks no question. */
export function navigate(to: string, { replace = false, discard = false } = {}): void {
  if (!discard && !mayLeave()) return;
  if (!replace) index += 1;
  history[replace ? 'replaceState' : 'pushState']({ index }, '', to);
  shown.set(here());
}

addEventListener('popstate', ({ state }) => {
  const distance = ((state as { index?: number } | null)?.index ?? 0) - index;
  if (isReturning) {
    isReturning = false;
  } else if (mayLeave()) {
    index += distance;
    shown.set(here());
  } else if (distance !== 0) {
    isReturning = true;
    history.go(-distance);
  }
});

/** The URL of the page that is shown. */
export const useLocation = (): URL => new URL(location.origin + shown.use());

/** While `isUnsaved`, leaving the page asks first: by a link, by Back, and by closing the tab. */
export function useUnsaved(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    unsaved += 1;
    addEventListener('beforeunload', onUnload);
    return () => {
      unsaved -= 1;
      removeEventListener('beforeunload', onUnload);
    };
  }, [isUnsaved]);
}

/** A link to a page of the workspace. Modified clicks open tabs, as everywhere. */
export function Link({ href, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  function go(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  }
  return <a href={href} onClick={go} {...rest} />;
}
