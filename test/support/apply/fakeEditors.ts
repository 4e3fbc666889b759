import type { ProposalEditors } from '../../../src/app/apply/changeProposals';
import type { DocumentEdit, DocumentText, Proposal } from '../../../src/app/ports/editors';
import { FollowedSpans } from '../../../src/core/apply/followedSpans';
import { applyChanges, type Span, type TextChange } from '../../../src/core/apply/span';

/** One document in memory and diffs of it, which a test edits as a user does. */
export class FakeEditors implements ProposalEditors {
  static readonly uri = 'file:///home/jo/shop/src/a.ts';
  version = 1;
  /** What `readDocument` gives in place of the text. */
  problem: 'gone' | 'unreadable' | undefined;
  isReadOnly = false;
  /** Where {@link findDocument} finds the document. */
  found: string | undefined = FakeEditors.uri;
  /** Every text that was there before an edit of ours: one for each step of Undo. */
  readonly undo: string[] = [];
  readonly shown: Proposal[] = [];
  /** Of the diff in front, as the user has left it. */
  final: string | undefined;
  private followed: FollowedSpans[] = [];

  constructor(public text: string) {}

  /** Edits the document as a user does, all changes at once. */
  edit(...changes: readonly TextChange[]): void {
    this.text = applyChanges(this.text, changes);
    this.version += 1;
    for (const each of this.followed) each.follow(changes);
  }

  /** The document is closed and opened again, with other text. */
  reopen(text: string): void {
    for (const each of this.followed) each.lose();
    this.followed = [];
    this.text = text;
    this.version += 1;
  }

  async readDocument(): Promise<DocumentText | 'gone' | 'unreadable'> {
    const { text, version } = this;
    return this.problem ?? { text, version, eol: text.includes('\r\n') ? '\r\n' : '\n', name: 'src/a.ts' };
  }

  async findDocument(): Promise<string | undefined> {
    return this.found;
  }

  follow(_uri: string, spans: readonly Span[]): FollowedSpans {
    const followed = new FollowedSpans(spans);
    this.followed.push(followed);
    return followed;
  }

  async replace(
    _uri: string,
    version: number,
    { span, text }: DocumentEdit,
  ): Promise<'done' | 'changed' | 'readOnly'> {
    if (version !== this.version) return 'changed';
    if (this.isReadOnly) return 'readOnly';
    this.undo.push(this.text);
    this.edit({ offset: span.start, length: span.end - span.start, text });
    return 'done';
  }

  activeProposal(): string | undefined {
    return this.final === undefined ? undefined : this.shown.at(-1)?.id;
  }

  async openProposal(proposal: Proposal): Promise<void> {
    this.shown.push(proposal);
    this.final = proposal.text;
  }

  proposalText(id: string): string | undefined {
    return id === this.activeProposal() ? this.final : undefined;
  }

  async closeProposal(): Promise<void> {
    this.final = undefined;
  }
}
