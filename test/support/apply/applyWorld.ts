import { ChangeProposals } from '../../../src/app/apply/changeProposals';
import type { CodeSource } from '../../../src/app/ports/editors';
import { toSpan } from '../../../src/core/apply/span';
import { toParts } from '../../../src/core/chat/codeParts';
import type { CodePart, TextRange, Turn } from '../../../src/core/chat/conversation';
import { makeAnswer, makeCode, makeSent, makeTurn } from '../turns';
import { FakeDialogs } from '../usage/fakeDialogs';
import { FakeEditors } from './fakeEditors';

/** A question about code of a document, and everything that applies its answer, played by a test. */
export class ApplyWorld {
  readonly editors: FakeEditors;
  readonly dialogs = new FakeDialogs();
  turn: Turn;
  source: CodeSource | undefined;
  private ids = 0;
  readonly proposals: ChangeProposals;

  /** @param codes what was sent: each stands in `text` once */
  constructor(text: string, ...codes: readonly string[]) {
    this.editors = new FakeEditors(text);
    const parts = toParts(codes.map(code => ({ text: code, range: rangeOf(text, code) })));
    const spans = parts.map(part => toSpan(text, part.range ?? rangeOf(text, part.text)));
    this.source = { uri: FakeEditors.uri, spans: this.editors.follow(FakeEditors.uri, spans) };
    this.turn = makeTurn({
      action: 'refactor',
      title: 'Refactor Selection',
      apply: 'replace',
      sent: makeSent({ code: makeCode({ parts: parts as readonly CodePart[] }) }),
    });
    this.proposals = new ChangeProposals(
      { find: id => (id === this.turn.id ? this.turn : undefined), sourceOf: () => this.source },
      this.editors,
      this.dialogs,
      () => `proposal-${++this.ids}`,
    );
    this.proposals.onDidRefuse(({ reason }) => this.dialogs.shown.push(reason));
  }

  /** The answer has come. */
  answer(text: string, status: Turn['answer']['status'] = 'completed'): void {
    this.turn = { ...this.turn, answer: makeAnswer({ text, status }) };
  }

  /** What the user was told last. */
  get told(): string {
    return this.dialogs.shown.at(-1) ?? '';
  }

  async propose(block?: string): Promise<void> {
    await this.proposals.propose(this.turn.id, block);
  }
}

function rangeOf(text: string, code: string): TextRange {
  const at = text.indexOf(code);
  return { start: positionOf(text, at), end: positionOf(text, at + code.length) };
}

function positionOf(text: string, offset: number): TextRange['start'] {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
