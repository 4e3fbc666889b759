/** Lets everything else in the process have a turn. */
export function breathe(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
