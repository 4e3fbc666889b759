/**
 * When the button that has the focus is removed, moves the focus to the first of `places` that accepts it:
 * otherwise the keyboard would start at the top of the page again.
 */
export function keepFocus(
  root: HTMLElement,
  places: (lost: Element) => readonly (HTMLElement | null)[],
): void {
  let focused: Element | undefined;
  const removals = new MutationObserver(() => {
    if (!focused || focused.isConnected) return;
    const lost = focused;
    forget();
    if (document.activeElement !== document.body || !document.hasFocus()) return;
    for (const place of places(lost)) {
      place?.focus({ preventScroll: true });
      if (place && document.activeElement === place) return;
    }
  });
  const forget = (): void => {
    focused = undefined;
    removals.disconnect();
  };
  root.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return forget();
    focused = target;
    removals.observe(root, { childList: true, subtree: true });
  });
  root.addEventListener('focusout', ({ target }) => {
    // A removed element loses the focus, too: only after the removal the two cases can be told apart.
    queueMicrotask(() => {
      if (target === focused && focused?.isConnected) forget();
    });
  });
}
