import type { Span } from './span';

export type Located =
  | { readonly kind: 'same'; readonly span: Span }
  /** It stands elsewhere now. */
  | { readonly kind: 'moved'; readonly span: Span }
  /** The text is not there any more. */
  | { readonly kind: 'changed' }
  /** It is there `times` times, and which one is meant cannot be told. */
  | { readonly kind: 'ambiguous'; readonly times: number };

/** Where a piece of a document was, and whether every change since then was followed. */
export interface KnownPlace {
  readonly span: Span;
  readonly isFollowed: boolean;
}

/**
 * Where `oldText` stands in `text` now. A place that was followed all the time is believed when the text stands there;
 * else the text must be there exactly once. Nothing is guessed.
 *
 * @param sent where it stood when it was sent
 */
export function relocate(sent: Span, known: KnownPlace | undefined, oldText: string, text: string): Located {
  if (known?.isFollowed && text.slice(known.span.start, known.span.end) === oldText)
    return at(known.span, sent);
  const places = placesOf(oldText, text);
  const [only] = places;
  if (only === undefined) return { kind: 'changed' };
  if (places.length > 1) return { kind: 'ambiguous', times: places.length };
  return at({ start: only, end: only + oldText.length }, sent);
}

const at = (span: Span, sent: Span): Located => ({
  kind: span.start === sent.start ? 'same' : 'moved',
  span,
});

/** More of them need not be counted. */
const mostPlaces = 100;

function placesOf(wanted: string, text: string): readonly number[] {
  const places: number[] = [];
  if (wanted === '') return places;
  for (
    let from = text.indexOf(wanted);
    from >= 0 && places.length < mostPlaces;
    from = text.indexOf(wanted, from + 1)
  )
    places.push(from);
  return places;
}
