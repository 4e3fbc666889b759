import type { FollowedSpans } from '../../core/apply/followedSpans';
import { onlyChanged, proposedEdit } from '../../core/apply/proposedEdit';
import { relocate } from '../../core/apply/relocate';
import type { Span } from '../../core/apply/span';
import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { findHidden, removeHidden } from '../../core/base/hiddenCharacters';
import { joinPlain, type PlainText, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import type { AskSession } from '../ask/askSession';
import { askAboutHidden } from '../ask/hiddenQuestion';
import type { Dialogs } from '../ports/dialogs';
import type { DocumentEdit, DocumentText, Editors } from '../ports/editors';
import { type Refused, refuse, whyLost, withEol } from './locateCode';
import { type PreparedChange, prepareChange, withTexts } from './preparedChange';

/** What is used of the editors: documents, and diffs of them. */
export type ProposalEditors = Pick<
  Editors,
  | 'readDocument'
  | 'findDocument'
  | 'follow'
  | 'replace'
  | 'openProposal'
  | 'proposalText'
  | 'closeProposal'
  | 'activeProposal'
>;

/** A diff that waits for the user's word. */
interface OpenProposal {
  readonly uri: string;
  /** The document when the diff was opened. */
  readonly base: DocumentText;
  /** What is changed of it. */
  readonly span: Span;
  /** Where that stands now. */
  readonly followed: FollowedSpans;
}

/** Why the answer of a turn is not applied, and what can be done instead. */
export interface Refusal {
  readonly turnId: string;
  readonly reason: PlainText;
}

/** A change with the document that it is for. */
interface Target {
  readonly ok: true;
  readonly uri: string;
  readonly document: DocumentText;
  readonly change: PreparedChange;
}

/**
 * Changes of the user's documents that answers ask for: shown as a diff first, made when the user accepts them, each as
 * one undoable edit of the very text that was sent. Where that text is not the same any more, nothing is changed.
 */
export class ChangeProposals implements Disposable {
  private readonly opened = new Map<string, OpenProposal>();
  private readonly refused = new Emitter<Refusal>();
  /** For whoever shows the turn: its answer cannot be applied. */
  readonly onDidRefuse: Event<Refusal> = this.refused.event;

  constructor(
    private readonly session: Pick<AskSession, 'find' | 'sourceOf'>,
    private readonly editors: ProposalEditors,
    private readonly dialogs: Pick<Dialogs, 'confirm' | 'news' | 'warn'>,
    private readonly newId: () => string,
  ) {}

  /** Shows what the answer, or one code block of it, would change. Undefined `block`: the whole answer. */
  async propose(turnId: string, block?: string): Promise<void> {
    const turn = this.session.find(turnId);
    if (turn?.apply !== 'replace') return;
    const target = await this.target(turn, block);
    if (!target.ok) this.refused.fire({ turnId, reason: target.reason });
    else await this.show(turn, target);
  }

  /**
   * Changes the document at once, as one undoable edit: the user has said so for this action. A text with characters
   * that nobody sees, and one that needs a word, is shown as a diff all the same.
   */
  async applyNow(turnId: string): Promise<void> {
    const turn = this.session.find(turnId);
    if (turn?.apply !== 'replace') return;
    const target = await this.target(turn);
    if (!target.ok) this.refused.fire({ turnId, reason: target.reason });
    else if (holdsHidden(target) || target.change.notes.length > 0) await this.show(turn, target);
    else await this.make(target.uri, target.document, editOf(target));
  }

  /** Makes the change of the diff in front, as the user has left it. */
  async accept(): Promise<void> {
    const id = this.editors.activeProposal();
    const proposal = id === undefined ? undefined : this.opened.get(id);
    const final = id === undefined ? undefined : this.editors.proposalText(id);
    if (id === undefined || !proposal || final === undefined) {
      await this.dialogs.warn(say`There is no change to accept: press Replace below an answer first.`);
      return;
    }
    const edit = await this.editOf(proposal, final);
    if (!edit.ok) await this.dialogs.warn(edit.reason);
    else if (await this.make(proposal.uri, edit.document, edit)) await this.close(id);
  }

  /** Closes the diff in front; the document stays as it is. */
  async discard(): Promise<void> {
    const id = this.editors.activeProposal();
    if (id !== undefined) await this.close(id);
  }

  dispose(): void {
    this.refused.dispose();
  }

  /** Diffs that the user has closed by hand. */
  private forgetClosed(): void {
    for (const id of this.opened.keys())
      if (this.editors.proposalText(id) === undefined) this.opened.delete(id);
  }

  private async close(id: string): Promise<void> {
    this.opened.delete(id);
    await this.editors.closeProposal(id);
  }

  private async target(turn: Turn, block?: string): Promise<Target | Refused> {
    const { code } = turn.sent;
    if (!code) return refuse(say`No code was sent with this question: there is nothing to replace.`);
    const source = this.session.sourceOf(turn.id);
    const uri = source?.uri ?? (await this.editors.findDocument(code));
    if (uri === undefined)
      return refuse(say`The file ${code.path} is not found in this window any more. ${useOthers}`);
    const document = await this.read(uri, code.path);
    if ('ok' in document) return document;
    const change = prepareChange(turn, code, source, document, block);
    return change.ok ? { ok: true, uri, document, change } : change;
  }

  private async read(uri: string, name: string): Promise<DocumentText | Refused> {
    const document = await this.editors.readDocument(uri);
    if (document === 'gone')
      return refuse(say`${name} is not there any more: it was closed, moved or deleted. ${useOthers}`);
    if (document === 'unreadable') return refuse(say`VS Code does not open ${name} as text. ${useOthers}`);
    return document;
  }

  private async show(turn: Turn, target: Target): Promise<void> {
    const { uri, document } = target;
    const id = this.newId();
    // Before anything is asked: the document may be changed meanwhile.
    const { span } = target.change;
    const followed = this.editors.follow(uri, [span]);
    const change = await this.withoutHidden(target);
    if (!change) return;
    this.forgetClosed();
    this.opened.set(id, { uri, base: document, span, followed });
    const title = say`${document.name}: ${turn.title}`;
    await this.editors.openProposal({ id, uri, title, text: change.text });
    if (change.notes.length > 0) await this.dialogs.news(joinPlain(change.notes, ' '));
  }

  /** Undefined when the user wants none of it. */
  private async withoutHidden(target: Target): Promise<PreparedChange | undefined> {
    const { change, document } = target;
    if (!holdsHidden(target)) return change;
    const text = change.changes.map(each => each.text).join('\n');
    const answer = await askAboutHidden(text, 'Show', this.dialogs);
    if (answer === undefined) return undefined;
    return answer === text ? change : withTexts(change, document, removeHidden);
  }

  /** The edit that makes a proposal true in the document as it is now. */
  private async editOf(
    { uri, base, span, followed }: OpenProposal,
    final: string,
  ): Promise<({ readonly ok: true; readonly document: DocumentText } & DocumentEdit) | Refused> {
    const document = await this.read(uri, base.name);
    if ('ok' in document) return document;
    const edit = proposedEdit(base.text, span, withEol(final, base.eol));
    if (edit.isWider) {
      if (document.text !== base.text)
        return refuse(
          say`You have changed more of the proposal than the code that was sent, and ${base.name} was changed meanwhile: copy what you need from the diff.`,
        );
      return { ok: true, document, ...edit };
    }
    const old = withEol(base.text.slice(span.start, span.end), document.eol);
    const located = relocate(span, followed.places[0], old, document.text);
    if (!('span' in located)) return refuse(whyLost(located, base.name));
    return { ok: true, document, ...onlyChanged(located.span, old, withEol(edit.text, document.eol)) };
  }

  /** True when the document was changed. */
  private async make(uri: string, document: DocumentText, { span, text }: DocumentEdit): Promise<boolean> {
    const made = await this.editors.replace(uri, document.version, { span, text });
    if (made === 'done') await this.dialogs.news(say`Changed ${document.name}: Undo takes it back.`);
    else await this.dialogs.warn(made === 'readOnly' ? readOnly(document.name) : raced(document.name));
    return made === 'done';
  }
}

const useOthers = say`Use New File or Copy instead.`;
const readOnly = (name: string): PlainText => say`Nothing was replaced: ${name} is read-only. ${useOthers}`;
const raced = (name: string): PlainText =>
  say`${name} was just being changed: nothing was replaced. Try again.`;

const editOf = ({ document, change }: Target): DocumentEdit => {
  const { start, end } = change.span;
  const grown = change.text.length - document.text.length;
  return onlyChanged(change.span, document.text.slice(start, end), change.text.slice(start, end + grown));
};

/** True when the change puts in characters that nobody sees. */
const holdsHidden = ({ change, document }: Target): boolean =>
  findHidden(change.text).length > findHidden(document.text).length;
