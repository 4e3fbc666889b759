import type {
  DocumentEdit,
  Documents,
  DocumentText,
  ProjectFiles,
  Proposal,
  ProposalView,
} from '../../../src/app/ports';
import { FollowedSpans } from '../../../src/core/apply/followedSpans';
import { applyChanges, type Span, type TextChange } from '../../../src/core/apply/span';

/** One document in memory, which a test edits as a user does. */
export class FakeDocuments implements Documents {
  static readonly uri = 'file:///home/jo/shop/src/a.ts';
  version = 1;
  /** What `read` gives in place of the text. */
  problem: 'gone' | 'unreadable' | undefined;
  isReadOnly = false;
  /** Where {@link find} finds the document. */
  found: string | undefined = FakeDocuments.uri;
  project: ProjectFiles | undefined;
  readonly opened: string[] = [];
  /** Every text that was there before an edit of ours: one for each step of Undo. */
  readonly undo: string[] = [];
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

  async read(): Promise<DocumentText | 'gone' | 'unreadable'> {
    const { text, version } = this;
    return this.problem ?? { text, version, eol: text.includes('\r\n') ? '\r\n' : '\n', name: 'src/a.ts' };
  }

  async find(): Promise<string | undefined> {
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

  async projectFiles(): Promise<ProjectFiles | undefined> {
    return this.project;
  }

  async openNew(_uri: string, path: string, text: string): Promise<void> {
    this.opened.push(`${path}: ${text}`);
  }
}

/** A diff that a test edits as a user does. */
export class FakeProposals implements ProposalView {
  readonly shown: Proposal[] = [];
  /** Of the diff in front, as the user has left it. */
  final: string | undefined;

  get active(): string | undefined {
    return this.final === undefined ? undefined : this.shown.at(-1)?.id;
  }

  async open(proposal: Proposal): Promise<void> {
    this.shown.push(proposal);
    this.final = proposal.text;
  }

  text(id: string): string | undefined {
    return id === this.active ? this.final : undefined;
  }

  async close(): Promise<void> {
    this.final = undefined;
  }
}
