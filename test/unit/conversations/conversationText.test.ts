import assert from 'node:assert/strict';
import { ConversationExport } from '../../../src/app/conversations/conversationExport';
import { toConversationRows } from '../../../src/app/conversations/conversationRows';
import type { Conversation } from '../../../src/core/chat/conversation';
import { toConversationDraft } from '../../../src/core/chat/conversationDraft';
import type { ConversationSummary } from '../../../src/core/chat/conversationHistory';
import { conversationText } from '../../../src/core/chat/conversationText';
import { makeDraft, makeTalk } from '../../support/conversations';
import { makeAnswer, makeCode, makePart, makeSent, makeTurn } from '../../support/turns';
import { FakeDialogs } from '../../support/usage/fakeDialogs';

const pending = makeAnswer({ text: 'Half', status: 'cancelled', cost: { state: 'pending' } });
const conversation: Conversation = {
  id: 'a',
  turns: [
    makeTalk('1', 'Why is\nthis *so*?', 'Because ```x``` it is.', {
      sent: makeSent({
        prompt: 'Why is\nthis *so*?',
        code: makeCode({ parts: [makePart({ text: 'const a = `b`;\n// ```', startLine: 3, endLine: 4 })] }),
      }),
    }),
    makeTalk('2', 'And?', '', { answer: pending }),
  ],
};
const summary: ConversationSummary = { ...makeDraft(conversation), id: 'a', isPinned: false };

suite('conversation as text', () => {
  test('Markdown has questions, code, answers and each cost', () => {
    assert.equal(
      conversationText('markdown', summary, conversation),
      [
        '# Why is this *so*?',
        '',
        '- Workspace: shop',
        '- From 2025-10-09T08:53:20.000Z to 2025-10-09T08:53:21.000Z',
        '- Cost: $0.25, and costs that are not known',
        '',
        '## 1. Ask',
        '',
        '> Why is',
        '> this *so*?',
        '',
        'src/a.ts, lines 3–4:',
        '',
        '````typescript',
        'const a = `b`;',
        '// ```',
        '````',
        '',
        'Because ```x``` it is.',
        '',
        '*acme/m1 · completed · 2025-10-09T08:53:20.000Z · $0.25 (billed)*',
        '',
        '## 2. Ask',
        '',
        '> And?',
        '',
        'Half',
        '',
        '*acme/m1 · cancelled · 2025-10-09T08:53:20.000Z · cost pending*',
        '',
      ].join('\n'),
    );
  });

  test('JSON has everything that is kept, and says when the sum has not all', () => {
    const { conversation: written, ...head } = JSON.parse(conversationText('json', summary, conversation));
    assert.deepEqual(head, {
      title: 'Why is\nthis *so*?'.replace('\n', ' '),
      workspace: 'shop',
      createdAt: '2025-10-09T08:53:20.000Z',
      changedAt: '2025-10-09T08:53:21.000Z',
      costUsd: '0.25',
      isCostComplete: false,
    });
    assert.deepEqual(written, JSON.parse(JSON.stringify(conversation)));
  });
});

suite('conversation to be kept', () => {
  test('only checks and nothing asked: not kept', () => {
    assert.equal(
      toConversationDraft({ id: 'a', turns: [makeTurn({ kind: 'check' })] }, undefined),
      undefined,
    );
  });

  test('is called by what was typed, or by the action and its file, in 80 characters', () => {
    const titleOf = (turn: Conversation['turns'][number]) => makeDraft({ id: 'a', turns: [turn] }).title;
    assert.equal(titleOf(makeTurn({ sent: makeSent({ code: makeCode() }) })), 'Explain Selection · src/a.ts');
    assert.equal([...titleOf(makeTalk('1', '🎉'.repeat(100)))].length, 80);
    assert.equal(titleOf(makeTalk('1', '  ')), 'Ask');
  });

  test('a free answer costs nothing; a request that never left is no cost', () => {
    const free = makeTalk('1', 'Why?', 'x', {
      answer: makeAnswer({ status: 'completed', cost: { state: 'free', usd: '0' } }),
    });
    const unsent = makeTalk('2', 'Why?', 'x', { answer: makeAnswer({ status: 'failed' }) });
    assert.deepEqual(makeDraft({ id: 'a', turns: [free, unsent] }).cost, { knownPico: 0n, isComplete: true });
  });
});

suite('rows of the list of conversations', () => {
  const nowMs = new Date(2026, 2, 2, 12, 0).getTime();
  const row = (changes: Partial<ConversationSummary>) =>
    toConversationRows({ rows: [{ ...summary, ...changes }], total: 1 }, nowMs)[0];

  test('say when, how many turns, what cost and where', () => {
    const changedAtMs = new Date(2026, 2, 2, 9, 5).getTime();
    assert.equal(row({ changedAtMs })?.description, 'today 09:05 · 2 turns · at least $0.25 · shop');
    const before = new Date(2026, 2, 1, 23, 59).getTime();
    const cost = { knownPico: 0n, isComplete: false };
    assert.equal(
      row({ changedAtMs: before, cost, turns: 1 })?.description,
      'yesterday 23:59 · 1 turn · cost not known · shop',
    );
    const complete = { knownPico: 0n, isComplete: true };
    const old = new Date(2026, 1, 1).getTime();
    assert.equal(
      row({ changedAtMs: old, cost: complete, workspace: undefined })?.description,
      '2026-02-01 · 2 turns · $0',
    );
  });

  test('a title or a place that was found makes no icon', () => {
    const made = row({ title: '$(trash) x', isPinned: true, found: 'a $(sync) b' });
    assert.deepEqual([made?.label, made?.detail], ['$(pinned) $ (trash) x', 'a $ (sync) b']);
  });

  test('the last row says how many more there are', () => {
    const rows = toConversationRows({ rows: [summary], total: 1234 }, nowMs);
    assert.deepEqual(
      [rows.length, rows[1]?.label, rows[1]?.conversation],
      [2, '$(ellipsis) 1,233 older', undefined],
    );
  });
});

suite('export of a conversation', () => {
  class ExportDialogs extends FakeDialogs {
    name = '';
    written: string | undefined;
    fault: Error | undefined;
    async saveFile({ name }: { readonly name: string }) {
      this.name = name;
      const write = async (text: string) => {
        if (this.fault) throw this.fault;
        this.written = text;
      };
      const discard = async () => {
        this.written = undefined;
      };
      return { name, open: async () => ({ write, commit: async () => undefined, discard }) };
    }
  }

  test('writes the chosen form under a name that every system takes', async () => {
    const dialogs = new ExportDialogs();
    dialogs.answers.push('JSON');
    await new ConversationExport({ load: async () => conversation }, dialogs).run({
      ...summary,
      title: 'a/b: "c"?',
    });
    assert.equal(dialogs.name, 'a-b-c.json');
    assert.equal(dialogs.written, conversationText('json', { ...summary, title: 'a/b: "c"?' }, conversation));
  });

  test('a full disk is said in plain words', async () => {
    const dialogs = new ExportDialogs();
    dialogs.answers.push('Markdown');
    dialogs.fault = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await new ConversationExport({ load: async () => conversation }, dialogs).run(summary);
    assert.match(dialogs.shown.at(-1) ?? '', /could not be written: the disk is full/);
  });
});
