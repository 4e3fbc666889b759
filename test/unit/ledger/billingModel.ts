import type { AccountClient, Generation } from '../../../src/core/chat/account';
import { type Answer, emptyAnswer } from '../../../src/core/chat/answer';
import type { Outcome } from '../../../src/core/chat/chatClient';
import { fail, type Result, succeed } from '../../../src/core/chat/result';
import { type Pico, parsePico } from '../../../src/core/money/pico';
import type { Usage } from '../../../src/core/money/usage';
import type { Random } from './random';

/** How the server sees one request. */
export interface Billed {
  readonly generationId: string;
  readonly usage: Usage;
  /** What the user pays for it, to OpenRouter and, with BYOK, upstream. */
  readonly pico: Pico;
}

/** A stand-in for OpenRouter that bills requests and tells of them late, like the real one. */
export class BillingModel {
  private readonly requests = new Map<string, Billed & { notYet: number }>();

  constructor(private readonly random: Random) {}

  /** The whole bill so far. */
  get total(): Pico {
    return [...this.requests.values()].reduce((sum, { pico }) => sum + pico, 0n);
  }

  get count(): number {
    return this.requests.size;
  }

  accept(): Billed {
    const { random } = this;
    const generationId = `gen-${this.requests.size + 1}`;
    const costUsd = this.amount();
    const isByok = random.chance(0.2);
    // Those without BYOK get the field too, equal to the cost: it must not be added.
    const upstreamUsd = isByok ? this.amount() : costUsd;
    const usage = {
      promptTokens: random.below(9_999),
      completionTokens: random.below(999),
      costUsd,
      isByok,
      upstreamUsd,
    };
    const pico = (parsePico(costUsd) ?? 0n) + (isByok ? (parsePico(upstreamUsd) ?? 0n) : 0n);
    const billed = { generationId, usage, pico };
    this.requests.set(generationId, { ...billed, notYet: random.below(4) });
    return billed;
  }

  readonly account: AccountClient = {
    key: async () => fail({ kind: 'unknown' }),
    generation: async id => this.generation(id),
  };

  private generation(id: string): Result<Generation | undefined> {
    const request = this.requests.get(id);
    if (!request) return succeed(undefined);
    if (this.random.chance(0.1)) return fail({ kind: 'overloaded', httpStatus: 503 });
    if (request.notYet > 0) {
      request.notYet -= 1;
      return succeed(undefined);
    }
    return succeed({ id, usage: request.usage });
  }

  /** Often zero, often tiny, at times with a float's spelling. */
  private amount(): string {
    const { random } = this;
    if (random.chance(0.15)) return '0';
    const digits = random.below(1_000_000_000) + 1;
    return random.chance(0.3)
      ? `${digits}e-12`
      : `0.${String(digits).padStart(random.pick([9, 11, 12]), '0')}`;
  }
}

/** The answer of a request that got as far as `billed`, and how it ended. */
export function answerOf(outcome: Outcome, billed: Billed | undefined): Answer {
  const isWhole = outcome === 'completed' || outcome === 'truncated';
  return {
    ...emptyAnswer,
    status: outcome,
    generationId: billed?.generationId,
    usage: isWhole ? billed?.usage : undefined,
    ending: {
      outcome,
      durationMs: 5,
      failure: outcome === 'failed' ? { kind: billed ? 'providerUnavailable' : 'rateLimited' } : undefined,
    },
  };
}
