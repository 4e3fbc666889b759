import * as v from 'valibot';
import { type PlainText, plain, say } from '../../core/base/plainText';
import type { Turn } from '../../core/chat/conversation';
import {
  type ReasoningEffort,
  type RequestParameters,
  reasoningEfforts,
} from '../../core/chat/requestParameters';
import { firstVersionId, isShownVersion } from '../../core/chat/versions';
import { canBeModelId } from '../../core/models/modelId';
import { supportedEfforts } from '../../core/models/offeredParameters';
import { onlyFields } from '../../protocol/message';
import { chosenFor } from '../ask/askRequest';
import type { AskSession } from '../ask/askSession';
import type { ModelList } from '../models/modelList';
import type { Dialogs } from '../ports/dialogs';
import type { Candidates } from './candidates';

type Changes = Partial<RequestParameters>;

/** What a key binding may say. */
const argumentSchema = onlyFields({ model: v.pipe(v.string(), v.trim(), v.check(canBeModelId)) });

/** Asks a turn again in another way: the answers are versions of one turn. */
export class RerunCommands {
  constructor(
    private readonly session: Pick<AskSession, 'conversation' | 'restore' | 'retry'>,
    private readonly candidates: Pick<Candidates, 'chooseModel'>,
    private readonly models: Pick<ModelList, 'findCached'>,
    private readonly dialogs: Pick<Dialogs, 'input' | 'pick' | 'warn'>,
  ) {}

  /** The newest turn, in the way that `argument` says, which is what a key binding gives along and can be anything. */
  async run(argument: unknown): Promise<void> {
    const parsed = argument === undefined ? undefined : v.safeParse(argumentSchema, argument);
    if (parsed?.success === false) {
      await this.dialogs.warn(say`This key binding cannot be used: it needs a model id in "model".`);
      return;
    }
    await this.session.restore();
    const turn = this.newest;
    if (!turn) await this.dialogs.warn(say`There is no answer yet that could be asked for again.`);
    else if (parsed) await this.askAgain(turn, toModel(turn, parsed.output.model));
    else await this.choose(turn);
  }

  /** Has the user choose what shall be different. */
  async choose(turn: Turn): Promise<void> {
    if (turn.kind === 'check') return;
    const { model } = turn.sent.parameters;
    const known = await this.models.findCached(model);
    // What is not known of a model is left to it.
    const isKnown = known !== undefined && known.supportedParameters.length > 0;
    const efforts = isKnown ? supportedEfforts(known) : reasoningEfforts;
    const takesTemperature = !isKnown || known.supportedParameters.includes('temperature');
    const picked = await this.dialogs.pick(
      [
        { label: say`Same model`, description: plain(model), change: async () => chosenFor(turn) },
        { label: say`Another model…`, change: () => this.otherModel(turn) },
        ...(efforts.length > 0
          ? [{ label: say`Reasoning effort…`, change: () => this.otherEffort(turn, efforts) }]
          : []),
        ...(takesTemperature
          ? [{ label: say`Temperature…`, change: () => this.otherTemperature(turn) }]
          : []),
      ],
      { title: say`Run Again With`, placeHolder: say`What shall be different?` },
    );
    const changes = await picked?.change();
    if (changes) await this.askAgain(turn, changes);
  }

  private get newest(): Turn | undefined {
    const { conversation } = this.session;
    return conversation.turns.findLast(
      turn =>
        turn.kind !== 'check' && turn.answer.status !== 'streaming' && isShownVersion(conversation, turn),
    );
  }

  private async askAgain(turn: Turn, parameters: Changes): Promise<void> {
    await this.session.retry(turn, { parameters, versionOf: firstVersionId(turn) });
  }

  private async otherModel(turn: Turn): Promise<Changes | undefined> {
    const model = await this.candidates.chooseModel('Run Again With');
    return model === undefined ? undefined : toModel(turn, model);
  }

  private async otherEffort(turn: Turn, efforts: readonly ReasoningEffort[]): Promise<Changes | undefined> {
    const { reasoningEffort: inUse } = turn.sent.parameters;
    const items = efforts.map(
      (effort): { label: PlainText; description?: PlainText; effort: ReasoningEffort } => ({
        label: plain(effort),
        ...(effort === inUse && { description: say`as before` }),
        effort,
      }),
    );
    const picked = await this.dialogs.pick(items, {
      title: say`Run Again With`,
      placeHolder: say`How long shall it think? Reasoning is billed as output.`,
    });
    return picked && { ...chosenFor(turn), reasoningEffort: picked.effort };
  }

  private async otherTemperature(turn: Turn): Promise<Changes | undefined> {
    const typed = await this.dialogs.input({
      title: say`Run Again With`,
      prompt: say`Temperature: from 0, always the likeliest word, to 2, very free`,
      value: String(turn.sent.parameters.temperature ?? ''),
      placeHolder: say`0.7`,
      validateInput: text => (toTemperature(text) === undefined ? say`A number from 0 to 2.` : undefined),
    });
    const temperature = typed === undefined ? undefined : toTemperature(typed);
    return temperature === undefined ? undefined : { ...chosenFor(turn), temperature };
  }
}

/** The rules that tie a turn to an endpoint, and its tier, are of no use to another model. */
function toModel(turn: Turn, model: string): Changes {
  const { provider, serviceTier: _, ...chosen } = chosenFor(turn);
  const isPinned = provider?.allow_fallbacks === false;
  return { ...chosen, ...(provider && !(isPinned && turn.group !== undefined) && { provider }), model };
}

function toTemperature(text: string): number | undefined {
  const number = text.trim() === '' ? Number.NaN : Number(text.trim().replace(',', '.'));
  return number >= 0 && number <= 2 ? number : undefined;
}
