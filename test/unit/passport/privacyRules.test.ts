import assert from 'node:assert/strict';
import type { Turn } from '../../../src/core/chat/conversation';
import type { ExcludingRule } from '../../../src/core/chat/failure';
import type { ProviderRules } from '../../../src/core/chat/providerRules';
import { relaxed } from '../../../src/core/chat/relaxedRules';
import type { RequestParameters } from '../../../src/core/chat/requestParameters';
import { PrivacyWorld, privacyModels } from '../../support/privacyWorld';
import { type BillEntry, type Simulator, startSimulator } from '../../support/simulator';
import { providerNamed } from '../../support/simulator/catalogue/providers';
import { Random } from '../ledger/random';

const mixes = Number(process.env.ASK_OPENROUTER_PRIVACY_RUNS ?? 40);
const seed = 13;

const providers = ['deepinfra', 'chutes', 'together', 'deepseek', 'moonshotai'] as const;
const quantizations = ['fp8', 'bf16', 'fp4', 'int8'] as const;

function randomRules(random: Random): ProviderRules {
  return {
    ...(random.chance(0.4) && { data_collection: 'deny' as const }),
    ...(random.chance(0.3) && { zdr: true }),
    ...(random.chance(0.4) && { only: [random.pick(providers), random.pick(providers)] }),
    ...(random.chance(0.3) && { ignore: [random.pick(providers)] }),
    ...(random.chance(0.3) && { quantizations: [random.pick(quantizations)] }),
    ...(random.chance(0.2) && { require_parameters: true }),
    ...(random.chance(0.2) && { sort: 'price' as const }),
  };
}

suite('privacy and routing rules', () => {
  let simulator: Simulator;
  let world: PrivacyWorld;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: privacyModels });
    world = await PrivacyWorld.open(simulator);
  });
  suiteTeardown(() => simulator.dispose());

  test(`of ${mixes} mixes no request goes against a promise, and each passport is the server’s truth`, async () => {
    const random = new Random(seed);
    let [served, refused] = [0, 0];
    for (let index = 0; index < mixes; index += 1) {
      const model = random.pick(['privacy/mixed', 'privacy/mixed', 'privacy/keepers']);
      const provider = randomRules(random);
      const parameters = { model, provider, maxTokens: 50, ...(random.chance(0.3) && { temperature: 0.5 }) };
      if (random.chance(0.3)) simulator.next('fallback');
      const billed = simulator.bill.entries.length;
      const turn = await world.ask('Why?', parameters);
      simulator.dropSteps();
      const bill = simulator.bill.entries[billed];
      const what = JSON.stringify(parameters);
      if (bill) {
        served += 1;
        checkPromises(
          bill.attempts.map(each => each.provider),
          provider,
          what,
        );
        await checkPassport(turn, bill, what);
      } else {
        refused += 1;
        await checkRefusal(turn, parameters, what);
      }
    }
    assert.ok(served > mixes / 5 && refused > mixes / 5, `${served} served, ${refused} refused`);
  }).timeout(10_000 + mixes * 250);

  /** Everybody who was asked keeps every rule, those who failed, too. */
  function checkPromises(asked: readonly string[], rules: ProviderRules, what: string): void {
    for (const provider of asked) {
      const { keepsPrompts, slug } = providerNamed(provider);
      if (rules.zdr || rules.data_collection === 'deny') assert.equal(keepsPrompts, false, what);
      if (rules.only) assert.ok(rules.only.includes(slug), what);
      assert.ok(!rules.ignore?.includes(slug), what);
    }
  }

  async function checkPassport(turn: Turn, { attempts, provider }: BillEntry, what: string): Promise<void> {
    const { hasLeft, recipients, endpoint, rules, retention, training, quantization } =
      await world.passportOf(turn);
    assert.equal(hasLeft, true);
    assert.equal(endpoint, simulator.origin);
    assert.deepEqual(
      recipients.map(each => each.provider).sort(),
      [...new Set(attempts.map(each => each.provider))].sort(),
      what,
    );
    for (const each of recipients) {
      assert.equal(each.keepsNothing, !providerNamed(each.provider).keepsPrompts, what);
      assert.equal(each.answered, each.provider === provider, what);
    }
    const listed = privacyModels
      .find(({ wire }) => wire.id === turn.sent.parameters.model)
      ?.endpoints.find(each => each.provider === provider);
    assert.equal(quantization, listed?.quantization, what);
    const { zdr, data_collection } = turn.sent.parameters.provider ?? {};
    assert.equal(retention.startsWith('Zero retention was required'), zdr === true);
    assert.equal(training.startsWith('No training was required'), data_collection === 'deny');
    assert.equal(
      rules.some(rule => rule.includes('zero data retention')),
      zdr === true,
    );
    if (!zdr) {
      const isKept = recipients.some(each => providerNamed(each.provider).keepsPrompts);
      assert.match(retention, isKept ? /may keep it/ : /as keeping nothing/, what);
    }
  }

  /** The rules that are named are the reason: without one of them, or all where no single one is, it is served. */
  async function checkRefusal(turn: Turn, parameters: RequestParameters, what: string): Promise<void> {
    const failure = turn.answer.ending?.failure;
    assert.ok(failure, what);
    // A try that was made to fail, with nobody else left to ask: who was asked keeps the rules.
    if (failure.kind === 'providerUnavailable') {
      const attempts = (turn.answer.routing?.attempts ?? []).flatMap(({ provider }) => provider ?? []);
      checkPromises([...attempts, failure.provider ?? ''], parameters.provider ?? {}, what);
      return;
    }
    assert.ok(['noEndpoint', 'dataPolicy'].includes(failure.kind), `${what}: ${failure.kind}`);
    const { excludedBy = [] } = failure;
    assert.ok(excludedBy.length > 0, `${what}: no rule is named`);
    for (const rule of excludedBy) assert.ok(rule in (parameters.provider ?? {}), `${what}: ${rule}`);
    const passport = await world.passportOf(turn);
    assert.deepEqual(passport.recipients, [], what);
    assert.equal(await isServed(parameters, excludedBy), true, `${what}: ${excludedBy}`);
  }

  async function isServed(
    parameters: RequestParameters,
    without: readonly ExcludingRule[],
  ): Promise<boolean> {
    const provider = relaxed(parameters.provider ?? {}, without);
    const { answer } = await world.ask('Why?', { ...parameters, provider });
    return answer.status === 'completed' || answer.status === 'truncated';
  }
});
