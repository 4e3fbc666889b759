import type { PlainText } from '../../core/base/plainText';

/** The extension's log. Never given a key, a prompt or an answer. */
export interface Log {
  info(message: PlainText): void;
  warn(message: PlainText): void;
  /** For surprises: with the stack. */
  error(what: PlainText, error: unknown): void;
}
