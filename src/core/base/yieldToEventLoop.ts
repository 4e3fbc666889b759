/**
 * Lets everything else in the process have a turn: timers, network, disk. A message is what every host has for it,
 * desktop and browser; timers wait at least 1 ms, and 4 ms in a browser.
 */
export function yieldToEventLoop(): Promise<void> {
  return new Promise(resolve => {
    // Anew each time: Node delivers up to 1,000 messages of one channel before it looks at anything else.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
