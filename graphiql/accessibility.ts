/** Repairs of what GraphiQL's elements are for screen readers; axe finds nothing else to complain about in this page. */

/**
 * The button that shows a tab, and the one that closes it, are inside an element with the role "tab", which hides both.
 * They are a list of buttons, one of which is current.
 */
function repairTabs(list: Element): void {
  list.removeAttribute('role');
  for (const item of list.querySelectorAll(':scope > li[role]')) item.removeAttribute('role');
  for (const item of list.querySelectorAll(':scope > li[aria-selected]')) {
    item.querySelector('button')?.setAttribute('aria-current', item.getAttribute('aria-selected') ?? 'false');
    item.removeAttribute('aria-selected');
  }
}

function repair(page: Element): void {
  for (const list of page.querySelectorAll('.graphiql-tabs')) repairTabs(list);
  // Each is named "Set active", instead of by the operation that it has as its text.
  for (const button of page.querySelectorAll('.graphiql-history-item-label'))
    button.removeAttribute('aria-label');
  for (const select of page.querySelectorAll('.graphiql-explorer-root select'))
    select.setAttribute('aria-label', 'Kind of the operation to add');
}

/** Keeps the page repaired, whatever GraphiQL renders later. */
export function repairAccessibility(page: Element): void {
  const attributeFilter = ['aria-selected'];
  new MutationObserver(() => repair(page)).observe(page, { subtree: true, childList: true, attributeFilter });
}
