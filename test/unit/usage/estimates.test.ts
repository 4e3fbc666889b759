import assert from 'node:assert/strict';
import { estimateAtHand } from '../../../src/app/models/modelEstimates';
import { Estimates } from '../../../src/app/usage/estimates';
import type { LedgerParts } from '../../../src/core/ledger/ledgerParts';
import { rangeText } from '../../../src/core/models/estimateText';
import type { Model } from '../../../src/core/models/model';
import { estimatePromptTokens, estimatorVersion } from '../../../src/core/money/estimate';
import { systemPrompt } from '../../../src/core/prompts/actions';
import { toMessages } from '../../../src/core/prompts/messages';
import { FakeSettings } from '../../support/fakeSettings';
import { createMemoryLedgerParts } from '../../support/ledger/memoryLedger';
import { makeModel } from '../../support/models';
import { makeAnswer, makeSent, makeTurn } from '../../support/turns';
import { billed, draft } from '../ledger/rows';

const messages = [{ role: 'user', content: 'How many tokens may this be, I wonder?' }] as const;
const raw = estimatePromptTokens(messages);

suite('estimates', () => {
  let ledger: LedgerParts;
  let atHand: readonly Model[];
  let estimates: Estimates;
  setup(() => {
    ledger = createMemoryLedgerParts();
    atHand = [
      makeModel({ id: 'acme/asked', tokenizer: 'Acme' }),
      makeModel({ id: 'zeta/new', tokenizer: 'Acme' }),
      makeModel({ id: 'acme/other', tokenizer: 'Other' }),
      makeModel({ id: 'zeta/other', tokenizer: 'Other' }),
    ];
    const models = {
      get atHand() {
        return atHand;
      },
    };
    const log = { error: (what: string, error: unknown) => assert.fail(`${what}: ${error}`) };
    estimates = new Estimates(ledger.store, ledger.queries, models, log);
  });
  teardown(() => estimates.dispose());

  /** Requests to a model whose prompts were really so many times as long as estimated. */
  async function teach(
    model: string,
    ratio: number,
    requests: number,
    estimator = estimatorVersion,
  ): Promise<void> {
    for (let i = 0; i < requests; i++) {
      const row = draft({ requestedModel: model, estimatedPromptTokens: 100, estimator });
      await ledger.store.begin(row);
      await ledger.store.update(row.id, billed(1n, { promptTokens: 100 * ratio }));
    }
  }
  const tokensOf = async (model: string) => (await estimates.ofPrompt(messages, model)).tokens;

  test('a model that was never asked learns from those that count alike', async () => {
    await teach('acme/asked', 2, 6);
    const { tokens, basis } = await tokensOf('zeta/new');
    assert.deepEqual([tokens, basis], [2 * raw, 'family']);
    assert.equal((await tokensOf('zeta/new:nitro')).basis, 'family');
    assert.equal((await tokensOf('acme/other')).basis, 'none');
  });

  test('what an older rule was off by does not correct the new one', async () => {
    await teach('acme/asked', 2, 6, estimatorVersion - 1);
    assert.equal((await tokensOf('acme/asked')).basis, 'none');
    await teach('acme/asked', 3, 6);
    assert.equal((await tokensOf('acme/asked')).tokens, 3 * raw);
  });

  test('each model is estimated by its own tokenizer, before any correction', async () => {
    const names = ['Claude', 'GPT', 'Gemma', 'Qwen3'];
    atHand = names.map(tokenizer => makeModel({ id: `acme/${tokenizer}`, tokenizer }));
    const code = [
      { role: 'user', content: 'const total = values.map(v => v * 1234567);\n'.repeat(20) },
    ] as const;
    const tokensOfEach = await estimates.ofEach(code, atHand);
    for (const [index, model] of atHand.entries()) {
      const { rawPromptTokens, tokens } = await estimates.ofPrompt(code, model.id);
      assert.equal(rawPromptTokens, estimatePromptTokens(code, names[index]));
      assert.deepEqual(tokensOfEach(model), tokens);
    }
    assert.ok(new Set(names.map(name => estimatePromptTokens(code, name))).size > 2);
  });

  test('where the catalogue names no tokenizer, models of one maker count alike', async () => {
    atHand = [...atHand, makeModel({ id: 'zeta/older' })];
    await teach('zeta/older', 3, 6);
    assert.deepEqual(
      [(await tokensOf('zeta/other')).tokens, (await tokensOf('acme/other')).basis],
      [3 * raw, 'none'],
    );
  });

  test('a model’s own counts come first, and count from the next request on', async () => {
    await teach('acme/asked', 2, 6);
    assert.equal((await tokensOf('zeta/new')).basis, 'family');
    await teach('zeta/new', 4, 6);
    const { tokens, basis } = await tokensOf('zeta/new');
    assert.deepEqual([tokens, basis], [4 * raw, 'model']);
  });

  test('without a list of models nobody is known to count alike, until it comes', async () => {
    await teach('acme/asked', 2, 6);
    const listed = atHand;
    atHand = [];
    assert.equal((await tokensOf('zeta/new')).basis, 'none');
    atHand = listed;
    assert.equal((await tokensOf('zeta/new')).basis, 'family');
  });

  test('for a list of models each is estimated as it would be alone', async () => {
    await teach('acme/asked', 2, 6);
    await teach('zeta/other', 3, 1);
    const tokensOfEach = await estimates.ofEach(messages, atHand);
    for (const model of atHand) assert.deepEqual(tokensOfEach(model), await tokensOf(model.id), model.id);
    assert.deepEqual(
      atHand.map(model => tokensOfEach(model).basis),
      ['model', 'family', 'none', 'model'],
    );
  });

  test('the list of models tells what sending costs, system prompt and conversation included', async () => {
    await teach('acme/asked', 2, 6);
    const [model] = atHand;
    assert.ok(model);
    const sent = makeSent({ prompt: 'And shorter?', systemPrompt });
    const answer = makeAnswer({ text: 'words '.repeat(6000) });
    const history = [makeTurn({ answer })];
    const session = { added: [], draft: sent.prompt, followUpHistory: history };
    const settings = new FakeSettings({ parameters: sent.parameters });
    const editors = { selectedCode: () => undefined };
    const tell = await estimateAtHand(session, editors, estimates, settings)(atHand);
    const whole = await estimates.of(toMessages(history, sent), model.id, model, sent.parameters.maxTokens);
    const told = tell(model);
    assert.equal(told && rangeText(told), rangeText(whole));
    assert.ok(whole.tokens.tokens > 10_000);
    const nothing = estimateAtHand({ ...session, draft: ' ' }, editors, estimates, settings);
    assert.equal((await nothing(atHand))(model), undefined);
  });
});
