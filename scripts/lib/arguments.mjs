import { createServer } from 'node:net';
import { ExpectedError } from './errors.mjs';

/**
 * The port after `--port`, checked to be free.
 * @param {readonly string[]} args
 * @param {number} fallback 0 takes any free port
 */
export async function readPort(args, fallback) {
  const index = args.indexOf('--port');
  const port = index < 0 ? fallback : Number(args[index + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ExpectedError('--port needs a number between 0 and 65535.');
  }
  if (port !== 0 && !(await isFree(port))) {
    throw new ExpectedError(
      `Port ${port} is in use: stop what uses it, or choose another one with \`-- --port ${port + 1}\`.`,
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
