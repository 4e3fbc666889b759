import { findSecrets, joinOverlapping } from './findSecrets';
import type { FoundSecret } from './privateKeys';

/** A secret with what stands in its place. */
interface HeldSecret {
  readonly kind: string;
  readonly value: string;
  readonly placeholder: string;
}

/** Beginning of every placeholder. Words and digits alone: it may stand in any language, name or address. */
const beginning = 'MASKED_SECRET_';
/** "MASKED_SECRET_1_7F3A9C2E" */
const placeholderShape = /MASKED_SECRET_\d{1,6}_[A-Z0-9]{8}/g;
/** Nothing that came from a placeholder can be longer. */
const longestPlaceholder = beginning.length + 6 + 1 + 8;

/**
 * The secrets of one window, in memory alone, each with its placeholder: the same secret always has the same one, so
 * that a model sees that two places hold one value, and a provider's cache finds the beginning unchanged.
 */
export class SecretVault {
  private readonly byValue = new Map<string, HeldSecret>();
  private readonly byPlaceholder = new Map<string, HeldSecret>();
  private readonly allowed = new Set<string>();
  /** What was found in what left last: most of it goes along with the next question. */
  private scanned: ReadonlyMap<string, readonly FoundSecret[]> = new Map();
  /** Finds every secret that means itself wherever it stands; undefined: to be made. */
  private anywhere: RegExp | undefined;

  /**
   * @param tag eight capital letters or digits, made at random: no text can hold a placeholder before the first was
   * sent.
   */
  constructor(private readonly tag: string) {}

  /** Takes in what looks like a secret in `texts`: all that is about to leave. */
  takeIn(...texts: readonly string[]): void {
    const before = this.scanned;
    this.scanned = new Map(texts.map(text => [text, before.get(text) ?? findSecrets(text)]));
    for (const [text, found] of this.scanned)
      for (const { kind, start, end } of found) this.hold(kind, text.slice(start, end));
  }

  /** The secrets in `text` that the user has not allowed, from the beginning on: in every place, none over another. */
  find(text: string): readonly FoundSecret[] {
    return this.findAll(text).filter(({ start, end }) => !this.allowed.has(text.slice(start, end)));
  }

  /** `text` with placeholders for every secret in it, and for those taken in before wherever they stand. */
  mask(text: string): string {
    return this.replace(text, this.find(text));
  }

  /** The same for what is kept: also of what the user has allowed to leave. */
  maskForRecord(text: string): string {
    return this.replace(text, this.findAll(text));
  }

  private findAll(text: string): readonly FoundSecret[] {
    if (this.byValue.size === 0) return [];
    return joinOverlapping([...(this.scanned.get(text) ?? findSecrets(text)), ...this.findHeld(text)]);
  }

  private replace(text: string, found: readonly FoundSecret[]): string {
    let masked = '';
    let from = 0;
    for (const { kind, start, end } of found) {
      masked += text.slice(from, start) + this.hold(kind, text.slice(start, end)).placeholder;
      from = end;
    }
    return masked + text.slice(from);
  }

  /** `text` with the secrets in the places of their placeholders. */
  restore(text: string): string {
    if (!text.includes(beginning)) return text;
    return text.replace(placeholderShape, shape => this.byPlaceholder.get(shape)?.value ?? shape);
  }

  /** From now on these values go out as they are. */
  allow(values: Iterable<string>): void {
    for (const value of values) this.allowed.add(value);
  }

  private hold(kind: string, value: string): HeldSecret {
    const known = this.byValue.get(value);
    if (known) return known;
    const held = { kind, value, placeholder: `${beginning}${this.byValue.size + 1}_${this.tag}` };
    this.byValue.set(value, held);
    this.byPlaceholder.set(held.placeholder, held);
    this.anywhere = undefined;
    return held;
  }

  private findHeld(text: string): readonly FoundSecret[] {
    this.anywhere ??= anyOf([...this.byValue.keys()].filter(meansItself));
    return Array.from(text.matchAll(this.anywhere), ({ 0: value, index }) => ({
      kind: this.byValue.get(value)?.kind ?? '',
      start: index,
      end: index + value.length,
    }));
  }
}

/** A password that is a short word stands elsewhere for that word. */
const meansItself = (value: string): boolean =>
  value.length >= 8 || (value.length >= 6 && /\d/.test(value) && /\D/.test(value));

/** Finds each of `values`, a longer one before what it begins with. */
function anyOf(values: readonly string[]): RegExp {
  const sorted = values.toSorted((a, b) => b.length - a.length);
  const escaped = sorted.map(value => value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(escaped.length === 0 ? '(?!)' : escaped.join('|'), 'g');
}

/** Length of the end of `text` that can be the beginning of a placeholder that is not whole yet. */
export function lengthOfOpenPlaceholder(text: string): number {
  const from = Math.max(0, text.length - longestPlaceholder + 1);
  const end = text.slice(from);
  const at = end.lastIndexOf('M');
  for (let start = at; start >= 0; start = start === 0 ? -1 : end.lastIndexOf('M', start - 1))
    if (isOpen(end.slice(start))) return end.length - start;
  return 0;
}

const isOpen = (end: string): boolean =>
  beginning.startsWith(end) || /^MASKED_SECRET_(?:\d{0,6}|\d{1,6}_[A-Z0-9]{0,7})$/.test(end);
