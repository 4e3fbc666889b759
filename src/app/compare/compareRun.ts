import { knownFields } from '../../core/base/knownFields';
import type { Turn } from '../../core/chat/conversation';
import type { RequestParameters } from '../../core/chat/requestParameters';
import type { KeyWays } from '../account/keyWays';
import { type AskInput, type AskRequest, alone } from '../ask/askRequest';
import type { AskSession } from '../ask/askSession';
import type { GroupPreparation, ReadyGroup } from './groupPreparation';
import type { LimitShares } from './limitShares';

/** A model, or one endpoint of it, on a service tier where one is named. */
export type Candidate = Pick<RequestParameters, 'model' | 'provider' | 'serviceTier'>;

/** Asks several models the same, side by side: one that fails, stalls or is stopped harms no other. */
export class CompareRun {
  constructor(
    private readonly session: Pick<AskSession, 'prepareTogether' | 'runTogether' | 'send' | 'removeUnsent'>,
    private readonly preparation: Pick<GroupPreparation, 'prepare'>,
    private readonly keyWays: Pick<KeyWays, 'offer'>,
    private readonly newId: () => string,
    private readonly shares: Pick<LimitShares, 'limit'>,
  ) {}

  /** Resolves when every answer has ended; true when something was sent. Rejects only for surprises. */
  async ask(question: AskInput, candidates: readonly Candidate[]): Promise<boolean> {
    const group = this.newId();
    const inputs = candidates.map(candidate => ({
      ...question,
      group,
      parameters: { ...question.parameters, ...alone, ...knownFields(candidate), model: candidate.model },
    }));
    const ready = await this.session.prepareTogether(inputs, (requests, signal) =>
      this.preparation.prepare(requests, signal),
    );
    if (!ready) return false;
    const ended = await this.run(group, ready);
    if (!ended.every(isWithoutKey) || ended.length === 0) return true;
    // The turns stay in the panel, with their buttons, should the user not set a key now.
    if (!(await this.keyWays.offer())) return true;
    for (const turn of ended) this.session.removeUnsent(turn);
    return this.ask(question, candidates);
  }

  private async run(group: string, { requests, isStaggered }: ReadyGroup): Promise<readonly Turn[]> {
    const ended: PromiseSettledResult<Turn>[] = [];
    await this.session.runTogether(group, async signal => {
      if (isStaggered) ended.push(...(await this.oneByOne(requests, signal)));
      else ended.push(...(await Promise.allSettled(requests.map(request => this.session.send(request)))));
    });
    // A surprise with one of them is told when all have ended.
    for (const result of ended) if (result.status === 'rejected') throw result.reason;
    return ended.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []));
  }

  private async oneByOne(
    requests: readonly AskRequest[],
    signal: AbortSignal,
  ): Promise<readonly PromiseSettledResult<Turn>[]> {
    const ended: PromiseSettledResult<Turn>[] = [];
    for (const [index, request] of requests.entries()) {
      const limited = await this.shares.limit(request, requests.slice(index + 1));
      if (signal.aborted) break;
      ended.push(...(await Promise.allSettled([this.session.send(limited)])));
    }
    return ended;
  }
}

const isWithoutKey = ({ answer }: Turn): boolean => answer.ending?.failure?.kind === 'noKey';
