const showAfterMs = 2000;
const isTerminal = process.stderr.isTTY === true && !process.env.CI;
let running = 0;

/**
 * Runs `work` as a step of its own. A step that lasts longer than two seconds shows that it is still
 * running: on a terminal as a line that counts, elsewhere as one line at the start of the wait.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const startMs = Date.now();
  running += 1;
  const seconds = () => `${((Date.now() - startMs) / 1000).toFixed(1)} s`;
  let isShown = false;
  let isLive = false;
  const show = () => {
    // Steps side by side would count on one another's line.
    isLive = isTerminal && running === 1;
    if (isLive) process.stderr.write(`\r… ${title} ${seconds()} `);
    else if (!isShown) process.stderr.write(`… ${title}\n`);
    isShown = true;
  };
  const timer = setInterval(() => {
    if (Date.now() - startMs >= showAfterMs) show();
  }, 500);
  /** @param {string} mark */
  const close = mark => {
    clearInterval(timer);
    running -= 1;
    process.stderr.write(`${isLive ? '\r' : ''}${mark} ${title} (${seconds()})\n`);
  };
  try {
    const result = await work();
    close('✓');
    return result;
  } catch (error) {
    close('✗');
    throw error;
  }
}
