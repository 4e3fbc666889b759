/** A stretch of a text. */
export interface FoundSecret {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

const header = /-----BEGIN ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?)-----|PuTTY-User-Key-File-\d:/g;
/** No key is longer. */
const longestKey = 20_000;
/** A header with less behind it is spoken of, not used. */
const fewestKeyChars = 40;

/**
 * Private keys: PEM, OpenSSH, PGP and PuTTY, also as JSON writes them, with `\n` for line breaks. Of one that is cut
 * off, all lines that are there.
 */
export function findPrivateKeys(text: string): readonly FoundSecret[] {
  const found: FoundSecret[] = [];
  let from = 0;
  for (const match of text.matchAll(header)) {
    if (match.index < from) continue;
    const end = endOfKey(text, match.index, match[0], match[1]);
    if (end === undefined) continue;
    found.push({
      kind: match[1]?.startsWith('PGP') ? 'PGP private key' : 'private key',
      start: match.index,
      end,
    });
    from = end;
  }
  return found;
}

/** Undefined when no key follows the header. */
function endOfKey(text: string, start: number, begin: string, name: string | undefined): number | undefined {
  const nextKey = text.indexOf('-----BEGIN ', start + begin.length);
  const key = text.slice(start, Math.min(start + longestKey, nextKey < 0 ? text.length : nextKey));
  const footer = name === undefined ? /\nPrivate-MAC:[^\n]*/.exec(key)?.[0] : `-----END ${name}-----`;
  const footerAt = footer === undefined ? -1 : key.indexOf(footer, begin.length);
  const body = footerAt < 0 ? linesOfKey(key.slice(begin.length)) : key.slice(begin.length, footerAt);
  if ((body.match(/[A-Za-z0-9+/=]{8,}/g) ?? []).join('').length < fewestKeyChars) return undefined;
  if (/[^\w+/=\s\\:,.()"'-]/.test(body)) return undefined;
  return start + begin.length + body.length + (footerAt < 0 ? 0 : (footer?.length ?? 0));
}

/** The lines at the beginning of `text` that can be a key's. */
function linesOfKey(text: string): string {
  let end = 0;
  for (const [line] of text.matchAll(/[^\n]*\n?/g)) {
    const isOfKey = /^[A-Za-z0-9+/=\\]*\s*$/.test(line) || /^[\w-]{3,30}: [^"']*$/.test(line);
    if (!isOfKey) break;
    end += line.length;
    if (line === '') break;
  }
  return text.slice(0, end).trimEnd();
}
