import assert from 'node:assert/strict';
import { commands } from '../../src/ids';
import {
  chatCount,
  conversationUntil,
  hostSession,
  lastChatBody,
  lastTurn,
  openText,
  run,
  setKey,
  setSetting,
  testKey,
} from '../support/hostSession';

suite('the API key', () => {
  const session = hostSession();
  const storedKey = (): Promise<string | undefined> => session.keys.get(session.simulator.origin);
  const prompts = (): string[] =>
    session.shown.filter(({ kind }) => kind === 'input').map(({ text }) => text);

  test('is checked, stored without the white space that was pasted along, and confirmed', async () => {
    await setKey(session, ` ${testKey.slice(0, 20)}\n${testKey.slice(20)}\t `);
    assert.equal(await storedKey(), testKey);
    assert.match(session.shown.at(-1)?.text ?? '', /The API key is set\. \$50 of its \$50 limit is left\./);
    assert.equal(session.requests.filter(({ path }) => path.endsWith('/key')).length, 1);
  });

  test('that is wrong is not stored; the reason is said and another one asked for', async () => {
    session.answers.input.push('sk-or-v1-bad-one', testKey);
    await run(commands.setApiKey);
    assert.match(prompts()[1] ?? '', /wrong, deleted, expired or of another service/);
    assert.ok(
      session.shown.every(({ kind }) => kind !== 'confirm'),
      'a refused key must not be stored',
    );
    assert.equal(await storedKey(), testKey);
  });

  test('of the management kind is refused with the reason', async () => {
    session.answers.input.push('sk-or-v1-management-1', undefined);
    await run(commands.setApiKey);
    assert.match(prompts()[1] ?? '', /management key: it can make and delete keys but cannot ask models/);
    assert.equal(await storedKey(), undefined);
  });

  for (const [why, fault] of [
    ['the server is down', '502'],
    ['a gateway has no such page', 'html'],
    ['nothing answers', 'reset'],
  ] as const) {
    test(`that cannot be checked because ${why} is stored only after a yes, and not lost after a no`, async () => {
      session.simulator.next(fault, 'key');
      session.answers.input.push(` ${testKey}`, undefined);
      session.answers.choice.push(undefined);
      await run(commands.setApiKey);
      const question = session.shown.find(({ kind }) => kind === 'confirm');
      assert.match(question?.text ?? '', /could not be checked\. [A-Z]/);
      assert.deepEqual(question?.buttons, ['Store Anyway']);
      assert.match(prompts()[1] ?? '', /could not be checked/);
      assert.equal(session.shown.at(-1)?.value, testKey);
      assert.equal(await storedKey(), undefined);

      session.simulator.next(fault, 'key');
      session.answers.input.push(testKey);
      session.answers.choice.push('Store Anyway');
      await run(commands.setApiKey);
      assert.equal(await storedKey(), testKey);
      assert.match(session.shown.at(-1)?.text ?? '', /is stored for http.*, unchecked/);
    });
  }

  test('stays as it was when the input is dismissed', async () => {
    await setKey(session);
    session.answers.input.push(undefined);
    await run(commands.setApiKey);
    assert.equal(await storedKey(), testKey);
  });

  test('is removed only after a yes', async () => {
    await setKey(session);
    session.answers.choice.push(undefined);
    await run(commands.removeApiKey);
    assert.equal(await storedKey(), testKey);
    session.answers.choice.push('Remove');
    await run(commands.removeApiKey);
    assert.equal(await storedKey(), undefined);
    await run(commands.removeApiKey);
    assert.match(session.shown.at(-1)?.text ?? '', /No API key is stored/);
  });

  test('is sent only to the origin it was stored for', async () => {
    await setKey(session);
    const { url, port } = session.simulator;
    await setSetting('baseUrl', url.replace('127.0.0.1', 'localhost'));
    await openText('let x;');
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'noKey');
    assert.equal(chatCount(session), 0, `a request went to localhost:${port}`);
  });

  test('that was deleted meanwhile is an error whose button sets a new one and asks again', async () => {
    await session.keys.set(session.simulator.origin, 'sk-or-v1-bad-by-now');
    await openText('let x;');
    await run(commands.explain);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'unauthorized');
  });
});

suite('the connection check', () => {
  const session = hostSession({ settings: { model: 'openai/gpt-4o-mini' } });

  test('ticks every step, explains the fields and finds the same cost at /generation', async () => {
    await setKey(session);
    await run(commands.checkConnection);
    const { answer, sent } = lastTurn(session);
    assert.equal(answer.status, 'completed');
    assert.deepEqual([sent.prompt, sent.parameters.maxTokens], ['Say hello in three languages', 100]);
    for (const step of [
      /✓ \*\*The host is reached:/,
      /✓ \*\*The key is valid:/,
      /✓ \*\*The model exists:/,
      /`id`: `gen-/,
      /`model`: `openai\/gpt-4o-mini`/,
      /`finish_reason`: `stop`/,
      /`usage`: `\d+` tokens in/,
      /cost: \*\*\$0\.\d+\*\*, billed/,
      /✓ \*\*Looked up again at `\/generation`:\*\* OpenRouter's own record says \$0\.\d+, the same as above/,
    ]) {
      assert.match(answer.text, step);
    }
    assert.equal((await session.ledger.get(lastTurn(session).id))?.origin, 'checkConnection');
  });

  test('stops at the step that fails and says how to fix it', async () => {
    await run(commands.checkConnection);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'noKey');
    assert.match(lastTurn(session).answer.text, /✓ \*\*The host is reached/);
    assert.match(lastTurn(session).answer.text, /✗ No OpenRouter API key is set yet\./);

    await setKey(session);
    await setSetting('model', 'acme/does-not-exist');
    await run(commands.checkConnection);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'modelNotFound');

    await setSetting('baseUrl', 'http://127.0.0.1:9/api/v1');
    await run(commands.checkConnection);
    assert.equal(lastTurn(session).answer.ending?.failure?.kind, 'network');
  });

  test('can be stopped', async () => {
    await setKey(session);
    session.simulator.next('stall', 'chat');
    const checked = run(commands.checkConnection);
    await conversationUntil(session, turn => turn.answer.text.includes('Asking:'));
    await run(commands.stop);
    await checked;
    assert.equal(lastTurn(session).answer.status, 'cancelled');
  });

  test('is no part of what a follow-up sends', async () => {
    await setKey(session);
    await run(commands.checkConnection);
    session.answers.input.push('Hi');
    await run(commands.ask);
    assert.equal((lastChatBody(session).messages as unknown[]).length, 2);
  });
});
