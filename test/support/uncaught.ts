/** What nobody catches while `work` and what it has set off run: that would end a plain Node process. */
export async function uncaughtIn(work: () => unknown): Promise<readonly unknown[]> {
  const others = process.listeners('uncaughtException');
  const uncaught: unknown[] = [];
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', error => uncaught.push(error));
  try {
    await work();
    await new Promise(setImmediate);
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of others) process.on('uncaughtException', listener);
  }
  return uncaught;
}
