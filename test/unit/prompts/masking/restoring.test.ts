import assert from 'node:assert/strict';
import { emptyAnswer, reduceAnswer } from '../../../../src/core/chat/answer';
import type { ChatEvent } from '../../../../src/core/chat/chatClient';
import { RestoringText, restoreEvents } from '../../../../src/core/prompts/masking/restoreEvents';
import { SecretVault } from '../../../../src/core/prompts/masking/secretVault';
import { makeSamples } from './samples';

const tag = '7F3A9C2E';

function vaultOf(...texts: readonly string[]): SecretVault {
  const vault = new SecretVault(tag);
  for (const text of texts) vault.takeIn(text);
  return vault;
}

/** `text` restored from pieces cut at `cuts`. */
function restoreInPieces(vault: SecretVault, text: string, cuts: readonly number[]): string {
  const restoring = new RestoringText(vault);
  const ends = [...cuts, text.length];
  return (
    ends.map((end, index) => restoring.push(text.slice(ends[index - 1] ?? 0, end))).join('') + restoring.end()
  );
}

suite('masking and putting back', () => {
  const samples = makeSamples(7);
  const text = samples
    .map(sample => sample.text)
    .join('\n\nSome words between: M, MASK and MASKED_SECRET_ are none.\n');

  test('takes out every secret and puts each back exactly', () => {
    const vault = vaultOf(text);
    const masked = vault.mask(text);
    assert.deepEqual(
      samples.filter(({ secret }) => masked.includes(secret)),
      [],
    );
    assert.equal(vault.restore(masked), text);
  });

  test('puts each back wherever the answer is cut once', () => {
    const vault = vaultOf(text);
    const masked = vault.mask(text);
    for (let cut = 0; cut <= masked.length; cut++) assert.equal(restoreInPieces(vault, masked, [cut]), text);
  });

  test('puts each back when the answer comes in pieces of any one length', () => {
    const vault = vaultOf(text);
    const masked = vault.mask(text);
    for (let size = 1; size <= 40; size++) {
      const cuts = Array.from(
        { length: Math.ceil(masked.length / size) - 1 },
        (_, index) => (index + 1) * size,
      );
      assert.equal(restoreInPieces(vault, masked, cuts), text);
    }
  });

  test('holds back nothing but the beginning of a placeholder', () => {
    const vault = vaultOf(text);
    const restoring = new RestoringText(vault);
    assert.equal(restoring.push('plain words, MASKED'), 'plain words, ');
    assert.equal(restoring.push(' balls'), 'MASKED balls');
    assert.equal(restoring.push('MASKED_SECRET_1_7F3A9C2'), '');
    assert.equal(restoring.push('E!'), `${vault.restore(`MASKED_SECRET_1_${tag}`)}!`);
    assert.equal(restoring.push('MASKED_SECRET_9'), '');
    assert.equal(restoring.end(), 'MASKED_SECRET_9');
  });

  test('gives one secret one placeholder, in every text and at every time', () => {
    const { secret, text: line } = samples.find(({ kind }) => kind === 'GitHub token') ?? assert.fail();
    const vault = vaultOf(line);
    const [masked, again] = [vault.mask(line), vault.mask(`The token ${secret} is yours, x${secret}y too.`)];
    assert.match(masked, /"MASKED_SECRET_1_7F3A9C2E"/);
    assert.equal(again, 'The token MASKED_SECRET_1_7F3A9C2E is yours, xMASKED_SECRET_1_7F3A9C2Ey too.');
  });

  test('masks a value that was found once also where nothing tells that it is secret', () => {
    const vault = vaultOf('DB_PASSWORD=qK8rT2vZpL');
    assert.equal(vault.mask('login("shop", "qK8rT2vZpL")'), `login("shop", "MASKED_SECRET_1_${tag}")`);
  });

  test('masks a password that is a short word where it is one, and leaves the word alone elsewhere', () => {
    const address = 'postgres://shop:turtle@db/shop';
    const vault = vaultOf(address);
    assert.equal(
      vault.mask(`${address} # the turtle`),
      `postgres://shop:MASKED_SECRET_1_${tag}@db/shop # the turtle`,
    );
  });

  test('leaves placeholders of nobody and other windows alone', () => {
    const foreign = 'MASKED_SECRET_1_AAAAAAAA and MASKED_SECRET_77_7F3A9C2E';
    assert.equal(vaultOf(samples[20]?.text ?? '').restore(foreign), foreign);
  });

  test('leaves alone what the user has allowed', () => {
    const { secret, text: line } = samples.find(({ kind }) => kind === 'Stripe key') ?? assert.fail();
    const vault = vaultOf(line);
    vault.allow([secret]);
    assert.equal(vault.mask(line), line);
  });

  test('restores text, reasoning and tool calls, and whole answers that end within a placeholder', async () => {
    const { text: line } = samples.find(({ kind }) => kind === 'npm token') ?? assert.fail();
    const vault = vaultOf(line);
    const masked = vault.mask(line);
    async function* answer(): AsyncGenerator<ChatEvent> {
      for (const char of masked) {
        yield { type: 'reasoning', text: char };
        yield { type: 'text', text: char };
      }
      yield { type: 'toolCall', name: 'run', arguments: JSON.stringify({ it: masked }) };
      yield { type: 'text', text: 'MASKED_SEC' };
      yield { type: 'ended', ending: { outcome: 'completed', durationMs: 1 } };
    }
    let state = emptyAnswer;
    for await (const event of restoreEvents(answer(), vault)) state = reduceAnswer(state, event);
    assert.equal(state.text, `${line}MASKED_SEC`);
    assert.equal(state.reasoning, line);
    assert.deepEqual(state.toolCalls, [{ name: 'run', arguments: JSON.stringify({ it: line }) }]);
    assert.equal(state.status, 'completed');
  });
});
