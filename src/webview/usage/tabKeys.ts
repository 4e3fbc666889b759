/** Arrow keys, Home and End move between tabs and choose the one they reach, as in VS Code's own views. */
export function moveInTabs(event: KeyboardEvent): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement)) return;
  const tabs = [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const current = tabs.findIndex(tab => tab.matches(':focus'));
  const next = {
    ArrowRight: (current + 1) % tabs.length,
    ArrowLeft: (current - 1 + tabs.length) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  }[event.key];
  if (next === undefined || current < 0) return;
  event.preventDefault();
  tabs[next]?.click();
  tabs[next]?.focus();
}
