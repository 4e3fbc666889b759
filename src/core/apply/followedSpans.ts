import type { KnownPlace } from './relocate';
import { moveSpan, type Span, type TextChange, touches } from './span';

/** Pieces of a document, moved along with every change of it that is told. */
export class FollowedSpans {
  private now: readonly KnownPlace[];

  /** @param sent where they stand at the start */
  constructor(readonly sent: readonly Span[]) {
    this.now = sent.map(span => ({ span, isFollowed: true }));
  }

  /** In the order of {@link sent}. One that was changed within counts as not followed: its text must be looked for. */
  get places(): readonly KnownPlace[] {
    return this.now;
  }

  /** All changes of one edit: each counts in the text before it, and none is over another. */
  follow(changes: readonly TextChange[]): void {
    const fromTheEnd = [...changes].sort((a, b) => b.offset - a.offset);
    this.now = this.now.map(({ span, isFollowed }) => ({
      span: fromTheEnd.reduce(moveSpan, span),
      isFollowed: isFollowed && !changes.some(change => touches(change, span)),
    }));
  }

  /** Changes may come that are not told: the document was closed, or its line ends are others. */
  lose(): void {
    this.now = this.now.map(({ span }) => ({ span, isFollowed: false }));
  }
}
