import { createServer } from 'node:net';
import { ExpectedError } from './errors.mjs';

/**
 * The port after an option, checked to be free.
 * @param {readonly string[]} args
 * @param {'--port' | '--inspect'} option
 * @param {number} fallback 0 takes any free port
 */
export async function readPort(args, option, fallback) {
  const index = args.indexOf(option);
  const port = index < 0 ? fallback : Number(args[index + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExpectedError(`${option} needs a number between 0 and 65535.`);
  }
  if (port !== 0 && !(await isFree(port))) {
    throw new ExpectedError(
      `Port ${port} is in use: stop what uses it, or choose another one with \`-- ${option} ${port + 1}\`.`,
    );
  }
  return port;
}

/** @param {number} port */
function isFree(port) {
  return new Promise(resolve => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
