import { plain } from './plainText';

/** An error for the log: name and message on one line, however many the message has, and the stack below. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return plain(String(error));
  const { message, name, stack = '' } = error;
  const head = stack.indexOf(message);
  const frames = (head < 0 ? stack : stack.slice(head + message.length)).split('\n');
  const calls = frames.filter(line => /^\s+at /.test(line)).map(line => `    ${plain(line.trim())}`);
  return [plain(`${name}: ${message}`), ...calls].join('\n');
}
