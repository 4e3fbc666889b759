import assert from 'node:assert/strict';
import type { Conversation } from '../../../src/core/chat/conversation';
import { parsePico } from '../../../src/core/money/pico';
import { tableCost } from '../../../src/core/money/priceTable';
import type { Pricing } from '../../../src/core/money/pricing';
import { type Asked, CachingWorld } from '../../support/caching/cachingWorld';
import { type Simulator, startSimulator } from '../../support/simulator';
import { providerNamed } from '../../support/simulator/catalogue/providers';
import { Random } from '../ledger/random';

/** Requests to each provider. A large run says what it found: ASK_OPENROUTER_CACHE_RUNS=1000. */
const largeRuns = process.env.ASK_OPENROUTER_CACHE_RUNS;
const runs = Number(largeRuns ?? 20);

/** One for each of the simulator's cache policies. */
const models = [
  'openai/gpt-5-mini',
  'anthropic/claude-sonnet-4.5',
  'deepseek/deepseek-v3.2',
  'google/gemini-2.5-flash',
  // Its cache has room for four prefixes, and nobody says how long it keeps them.
  'x-ai/grok-code-fast-1',
] as const;

const code = (lines: number, random: Random): string =>
  Array.from(
    { length: lines },
    (_, line) =>
      `const value${line} = compute(${random.below(1000)}, ${random.below(1000)}); // step ${line}`,
  ).join('\n');

/** What was said of a number of requests, beside what was billed. */
class Score {
  followUps = 0;
  warmClaims = 0;
  warmRight = 0;
  /** A shorter prefix than the last was read: the bill lies between the two prices. */
  partly = 0;
  /** Relative, of the price that came true. */
  readonly warmErrors: number[] = [];
  readonly coldErrors: number[] = [];

  add({ said, bill, turn }: Asked, lastPrompt: number, pricing: Pricing): void {
    const cache = said?.cache;
    if (!cache || cache.state === 'new') return;
    this.followUps += 1;
    const { cached, prompt, completion } = bill.tokens;
    const isWarm = cached > prompt / 2;
    if (cache.state === 'warm') {
      this.warmClaims += 1;
      if (isWarm) this.warmRight += 1;
    }
    const price = (completionTokens: number) =>
      Number(tableCost({ promptTokens: prompt, completionTokens }, pricing, turn.startedAtMs));
    const billed = Number(bill.costPico) - (price(completion) - price(0));
    const [warm, cold] = [Number(parsePico(cache.warmUsd)), Number(parsePico(cache.coldUsd))];
    const isWhole = cached >= lastPrompt - (lastPrompt % providerNamed(bill.provider).cache.stepTokens);
    if (cached === 0) this.coldErrors.push(Math.abs(cold / billed - 1));
    else if (isWhole) this.warmErrors.push(Math.abs(warm / billed - 1));
    else {
      this.partly += 1;
      assert.ok(billed >= warm * 0.97 && billed <= cold * 1.03, `${warm} ${billed} ${cold}`);
    }
  }

  get worstWarm(): number {
    return Math.max(0, ...this.warmErrors);
  }

  get worstCold(): number {
    return Math.max(0, ...this.coldErrors);
  }

  toString(): string {
    const { followUps, warmClaims, warmRight, partly, warmErrors, coldErrors } = this;
    const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
    return `${followUps} follow-ups; likely warm: ${warmClaims}, right ${warmRight}; worst price of ${warmErrors.length} warm ${percent(this.worstWarm)}, of ${coldErrors.length} cold ${percent(this.worstCold)}; partly ${partly}`;
  }
}

suite('warm or cold', () => {
  let simulator: Simulator;
  let nowMs: number;
  /** How likely a prefix is lost before its time. */
  let lossShare: number;
  let random: Random;

  const machineNow = Date.now;

  setup(async () => {
    nowMs = Date.UTC(2026, 6, 15, 12);
    // Some prices change with the hour: what is reserved and what is billed go by one clock.
    Date.now = () => nowMs;
    lossShare = 0;
    random = new Random(7);
    simulator = await startSimulator({ now: () => nowMs, losesPrefix: () => random.chance(lossShare) });
  });
  teardown(() => {
    Date.now = machineNow;
    return simulator.dispose();
  });

  /** Asks on in three conversations at a time: at once, or after pauses from seconds to hours. */
  async function useFor(model: string, requests: number): Promise<Score> {
    const world = await CachingWorld.open(simulator, () => nowMs);
    const { pricing } = world.model(model);
    const score = new Score();
    const talks: Conversation[] = [];
    let index = 0;
    for (let asked = 0; asked < requests; asked++) {
      const isBrisk = random.chance(0.7);
      nowMs += isBrisk ? 5000 + random.below(90_000) : Math.round(4000 * Math.exp(random.next() * 7));
      if (!isBrisk) index = random.below(3);
      const isOver = (talks[index]?.turns.length ?? 0) > 2 + random.below(9);
      const talk = (!isOver && talks[index]) || { id: `talk-${asked}`, turns: [] };
      const prompt =
        talk.turns.length === 0 ? `Explain.\n${code(80 + random.below(120), random)}` : 'And why?';
      const answered = await world.ask(talk, model, prompt);
      const lastPrompt = talk.turns.at(-1)?.answer.usage?.promptTokens ?? 0;
      talks[index] = { ...talk, turns: [...talk.turns, answered.turn] };
      assert.ok(
        answered.bill.costPico <= (answered.reservedPico ?? 0n),
        'the reservation holds a write, too',
      );
      score.add(answered, lastPrompt, pricing);
    }
    // A large run is for its figures.
    if (largeRuns) console.log(`${model}, losing ${100 * lossShare} %: ${score}`);
    return score;
  }

  for (const model of models) {
    test(`what is likely warm was, and both prices hold: ${model}`, async function () {
      this.timeout(600_000);
      lossShare = 0.005;
      const score = await useFor(model, runs);
      assert.ok(score.warmRight >= score.warmClaims * 0.95, `${score}`);
      assert.ok(score.worstWarm <= 0.03 && score.worstCold <= 0.03, `${score}`);
    });

    test(`a provider that often evicts is soon no longer believed: ${model}`, async function () {
      this.timeout(600_000);
      lossShare = 0.3;
      const score = await useFor(model, Math.ceil(runs / 2));
      assert.ok(score.warmClaims - score.warmRight <= Math.max(3, score.followUps * 0.025), `${score}`);
    });
  }
});
