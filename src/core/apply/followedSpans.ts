import type { KnownPlace } from './relocate';
import { moveSpan, type Span, type TextChange } from './span';

/** Pieces of a document, moved along with every change of it that is told. */
export class FollowedSpans {
  private now: readonly Span[];
  private isFollowed = true;

  /** @param sent where they stand at the start */
  constructor(readonly sent: readonly Span[]) {
    this.now = sent;
  }

  get places(): readonly KnownPlace[] {
    const { isFollowed } = this;
    return this.now.map(span => ({ span, isFollowed }));
  }

  /** All changes of one edit: each counts in the text before it, and none is over another. */
  follow(changes: readonly TextChange[]): void {
    const fromTheEnd = [...changes].sort((a, b) => b.offset - a.offset);
    this.now = this.now.map(span => fromTheEnd.reduce(moveSpan, span));
  }

  /** Changes may come that are not told: the document was closed, or its line ends are others. */
  lose(): void {
    this.isFollowed = false;
  }
}
