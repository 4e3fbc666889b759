import { parseDocument } from 'yaml';

/** The head of a prompt file as data, or the first mistake in it. */
export type ParsedHead =
  | { readonly ok: true; readonly value: unknown }
  /** `line` is 1-based, of the head alone. */
  | { readonly ok: false; readonly problem: string; readonly line: number };

/** Aliases can make a short text an endless value: heads need none. */
const mostAliases = 0;

export function parseHead(head: string): ParsedHead {
  const document = parseDocument(head, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) return { ok: false, problem: firstLine(error.message), line: error.linePos?.[0].line ?? 1 };
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: mostAliases }) };
  } catch (thrown) {
    return { ok: false, problem: firstLine(String(thrown)), line: 1 };
  }
}

/** Below the first line the library draws where it is. */
const firstLine = (message: string): string =>
  (message.split('\n', 1)[0] ?? '').replace(/ at line \d.*$/, '');
