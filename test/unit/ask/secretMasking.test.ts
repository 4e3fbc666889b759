import assert from 'node:assert/strict';
import type { SentCode } from '../../../src/core/chat/conversation';
import { MaskingWorld } from '../../support/maskingWorld';
import { findLeaks } from '../../support/secretScan';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeSamples } from '../prompts/masking/samples';

const samples = makeSamples(11);
const codeText = samples.map(({ text }) => text).join('\n');
const code: SentCode = {
  parts: [{ text: codeText, startLine: 10, endLine: 10 + codeText.split('\n').length - 1 }],
  languageId: 'typescript',
  path: 'src/secrets.ts',
  scope: 'selection',
};
const github = samples.find(({ kind }) => kind === 'GitHub token') ?? assert.fail();
const oneLine: SentCode = { ...code, parts: [{ text: github.text, startLine: 7, endLine: 9 }] };
const input = { title: 'Explain', action: 'explain', origin: 'command', prompt: 'Explain this.' } as const;

suite('secrets in what leaves', () => {
  let simulator: Simulator;
  let world: MaskingWorld;

  setup(async () => {
    simulator = await startSimulator();
    world = new MaskingWorld(simulator);
  });
  teardown(() => simulator.dispose());

  const received = (): string => JSON.stringify(simulator.requests);
  const contents = (index: number): readonly string[] => {
    const body = simulator.requests[index]?.body as { messages: { content: string }[] } | undefined;
    return body?.messages.map(({ content }) => content) ?? [];
  };
  const leaked = (text: string): readonly string[] =>
    samples.filter(({ secret }) => findLeaks(secret, { texts: { text } }).length > 0).map(({ kind }) => kind);

  test('none of any format reaches the server, with a follow-up and a repetition, nor the usage history', async () => {
    world.settings.set({ storeText: true });
    await world.session.ask({ ...input, code });
    const [turn] = world.turns;
    assert.equal(turn?.answer.status, 'completed');
    await world.session.ask({ ...input, prompt: 'And now?', follows: turn.id });
    await world.session.retry(turn);
    assert.equal(simulator.requests.length, 3);
    assert.deepEqual(leaked(received()), []);
    const rows = await Promise.all(world.turns.map(({ id }) => world.ledger.get(id)));
    assert.ok(rows.every(row => row?.prompt?.includes('Explain') || row?.prompt?.includes('And now?')));
    assert.deepEqual(
      leaked(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value))),
      [],
    );
  });

  test('a text that goes along again reads the same', async () => {
    await world.session.ask({ ...input, code });
    await world.session.ask({ ...input, prompt: 'And now?', follows: world.turns[0]?.id });
    const [first, second] = [contents(0), contents(1)];
    assert.deepEqual(second.slice(0, first.length), first);
  });

  test('the answer has each secret again, wherever the stream is cut', async () => {
    for (const slices of [1, 2, 3, 7, 'event', 'utf8', 'whole'] as const) {
      simulator.next({
        answer: { content: `Use MASKED_SECRET_1_7F3A9C2E, "MASKED_SECRET_1_7F3A9C2E"; not MASKED_SECRET.` },
        delivery: { slices },
      });
      await world.session.ask({ ...input, code: oneLine });
      const { secret } = github;
      assert.equal(world.turns.at(-1)?.answer.text, `Use ${secret}, "${secret}"; not MASKED_SECRET.`);
    }
    assert.deepEqual(leaked(received()), []);
  });

  test('“Sent” names kind and line, never the value; the code itself stays as it is', async () => {
    await world.session.ask({ ...input, prompt: `Is ${github.secret} safe?`, code: oneLine });
    const { sent } = world.turns[0] ?? assert.fail();
    assert.deepEqual(sent.masked, [
      { kind: 'GitHub token', place: 'code', line: 8 },
      { kind: 'GitHub token', place: 'prompt', line: 1 },
    ]);
    assert.equal(sent.code, oneLine);
  });

  test('with `ask` the user decides: mask, send as it is, or not at all', async () => {
    world.settings.set({ secretScan: 'ask' });
    world.dialogs.answers.push('');
    await world.session.ask({ ...input, code: oneLine });
    assert.equal(simulator.requests.length, 0);
    assert.match(world.dialogs.shown.join(' '), /GitHub token, line 8/);
    assert.deepEqual(leaked(world.dialogs.shown.join(' ')), []);

    world.dialogs.answers.push('Mask and Send');
    await world.session.ask({ ...input, code: oneLine });
    assert.deepEqual(leaked(received()), []);

    world.dialogs.answers.push('Send as They Are');
    await world.session.ask({ ...input, code: oneLine });
    assert.match(received(), new RegExp(github.secret));
    await world.session.ask({ ...input, code: oneLine });
    assert.equal(simulator.requests.length, 3, 'asked once only');
  });

  test('with `off` nothing is changed', async () => {
    world.settings.set({ secretScan: 'off' });
    await world.session.ask({ ...input, code: oneLine });
    assert.match(received(), new RegExp(github.secret));
    assert.equal(world.turns[0]?.sent.masked, undefined);
  });
});
