import { lengthOfStartAtEnd } from './startAtEnd';

const keyLike = /sk-or-[A-Za-z0-9_-]+/g;
const placeholder = 'sk-or-…';

/** `text` without whatever looks like an OpenRouter key. */
export const redactKeys = (text: string): string => text.replace(keyLike, placeholder);
/** Shorter texts are parts of ordinary words: to take them out would spoil every text and hide nothing. */
const shortestSecret = 4;
/** A form shorter than this stands in ordinary text by chance. */
const shortestEncoded = 6;

/**
 * Takes keys out of texts that are shown, logged or kept: whatever looks like an OpenRouter key, and every
 * secret that it was told, whatever that looks like, as it is or encoded for an address, JSON or base64.
 */
export class Redactor {
  private readonly secrets = new Set<string>();
  /** The longest first, so that no form is cut by a shorter one within it. */
  private forms: readonly string[] = [];

  constructor(secrets: readonly (string | undefined)[] = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** From now on `secret` stands in no text that was redacted. It is never forgotten: old texts come late. */
  add(secret: string | undefined): void {
    const trimmed = secret?.trim() ?? '';
    if (trimmed.length < shortestSecret || this.secrets.has(trimmed)) return;
    this.secrets.add(trimmed);
    const forms = new Set([...this.forms, ...formsOf(trimmed)]);
    this.forms = [...forms].sort((a, b) => b.length - a.length);
  }

  /** `text` without any key. Takes time in proportion to its length. */
  redact(text: string): string {
    let clean = text;
    for (const form of this.forms) clean = clean.replaceAll(form, placeholder);
    return redactKeys(clean);
  }

  /** The first `longest` characters of `text` without any key, nor the beginning of one that was cut there. */
  redactStart(text: string, longest: number): string {
    if (text.length <= longest) return this.redact(text);
    const start = this.redact(text.slice(0, longest));
    const cut = this.forms.map(form => lengthOfStartAtEnd(start, form));
    return start.slice(0, start.length - Math.max(0, ...cut));
  }
}

/** Every spelling in which `secret` can be read. */
function formsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  const percent = percentEncoded(secret);
  const encoded = [
    percent,
    // The hexadecimal digits may be written in small letters.
    percent.replace(/%../g, code => code.toLowerCase()),
    JSON.stringify(secret).slice(1, -1),
    ...[0, 1, 2].flatMap(offset => base64Forms(bytes, offset)),
  ];
  return [secret, ...encoded.filter(form => form.length >= shortestEncoded)];
}

function percentEncoded(text: string): string {
  // Half a character cannot be encoded.
  return /\p{Surrogate}/u.test(text) ? text : encodeURIComponent(text);
}

/**
 * How `bytes` read within a longer text in base64, `offset` bytes after a border of three, in both
 * alphabets. Characters that hold bits of neighbours are left out.
 */
function base64Forms(bytes: Uint8Array, offset: number): readonly string[] {
  const padded = '\0'.repeat(offset) + Array.from(bytes, byte => String.fromCharCode(byte)).join('');
  const first = Math.ceil((offset * 8) / 6);
  const end = Math.floor((padded.length * 8) / 6);
  const standard = btoa(padded).slice(first, end);
  return [standard, standard.replaceAll('+', '-').replaceAll('/', '_')];
}
