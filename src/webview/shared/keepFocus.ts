/**
 * When the button with the focus is taken off the page, gives the focus to the first of `places` that can take
 * it: otherwise the keyboard would begin at the top of the page again.
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
    // Being taken away comes as losing the focus, too: only afterwards the two can be told apart.
    queueMicrotask(() => {
      if (target === focused && focused?.isConnected) forget();
    });
  });
}
