import * as v from 'valibot';
import { knownFields } from '../../core/base/knownFields';
import { plain, say } from '../../core/base/plainText';
import { columnName, fewestCompared, mostCompared } from '../../core/chat/comparison';
import type { Turn } from '../../core/chat/conversation';
import { lastAnswered } from '../../core/chat/history';
import type { ServiceTier } from '../../core/chat/requestParameters';
import { canBeModelId } from '../../core/models/modelId';
import { type Action, builtInActions } from '../../core/prompts/actions';
import { onlyFields } from '../../protocol/message';
import type { AskCommands } from '../ask/askCommands';
import { titleOf } from '../ask/askRequest';
import type { AskSession } from '../ask/askSession';
import type { ContextList } from '../context/contextList';
import type { Dialogs } from '../ports/dialogs';
import type { Editors } from '../ports/editors';
import type { SettingsReader } from '../ports/settingsReader';
import { type Candidates, toCandidates } from './candidates';
import type { Candidate, CompareRun } from './compareRun';

const models = v.pipe(
  v.array(v.pipe(v.string(), v.trim(), v.check(canBeModelId))),
  v.check(ids => new Set(ids).size === ids.length),
  v.minLength(fewestCompared),
  v.maxLength(mostCompared),
);

/** What a key binding may say. */
const argumentSchema = onlyFields({
  models: v.optional(models),
  /** The name of a saved set. */
  set: v.optional(v.string()),
  /** The id of an action. */
  action: v.optional(v.picklist(builtInActions.map(({ id }) => id))),
});

type Argument = v.InferOutput<typeof argumentSchema>;

/** Two models that are asked the same, the other one on a service tier where one is named: no key binding can do that. */
export interface Trial extends Pick<Argument, 'action'> {
  readonly models: readonly [used: string, other: string];
  readonly otherTier?: ServiceTier;
}

/** Whose model is used for a kind of question, and how to change it. */
interface Asking {
  /** Of the action; undefined for the model in force. */
  readonly title?: string;
  readonly model: string;
  /** What `use` takes to be as it was; undefined: the action had no model of its own. */
  readonly before: string | undefined;
  readonly use: (model: string | undefined) => Promise<void>;
}

/** The command and the buttons that compare. */
export class CompareCommands {
  constructor(
    private readonly session: Pick<
      AskSession,
      'conversation' | 'composer' | 'choose' | 'setDraft' | 'keepPrompt'
    >,
    private readonly comparing: Pick<CompareRun, 'ask'>,
    private readonly candidates: Pick<Candidates, 'choose' | 'chooseEndpoints' | 'chooseModels'>,
    private readonly askCommands: Pick<AskCommands, 'gather'>,
    private readonly editors: Pick<Editors, 'selectedCode'>,
    private readonly settings: Pick<SettingsReader, 'current' | 'useActionModel' | 'useModel'>,
    private readonly dialogs: Pick<Dialogs, 'news' | 'pick' | 'warn'>,
    private readonly context: Pick<ContextList, 'items' | 'fresh' | 'take' | 'putBack'>,
  ) {}

  /** `argument` is what a key binding gives along; it can be anything. */
  async run(argument: unknown): Promise<void> {
    const parsed = v.safeParse(argumentSchema, argument ?? {});
    const given = parsed.success ? this.candidatesOf(parsed.output) : 'unusable';
    if (!parsed.success || given === 'unusable') {
      await this.dialogs.warn(
        say`This key binding cannot be used: it needs ${fewestCompared} to ${mostCompared} different model ids in "models", or the name of a saved set in "set", and in "action" the id of an action, such as "explain".`,
      );
      return;
    }
    await this.askAll(given ?? (await this.candidates.choose()), parsed.output);
  }

  /** Compares `model` with models that the user is asked for. */
  async compareWith(model: string): Promise<void> {
    await this.askAll(await this.candidates.chooseModels(model), {});
  }

  /** Compares the endpoint of `model` with that tag with others that the user is asked for. */
  async compareEndpoints(model: string, tag: string): Promise<void> {
    await this.askAll(await this.candidates.chooseEndpoints(model, tag), {});
  }

  async tryOther({ models: [used, other], otherTier, action }: Trial): Promise<void> {
    await this.askAll([{ model: used }, { model: other, ...knownFields({ serviceTier: otherTier }) }], {
      action,
    });
  }

  private async askAll(candidates: readonly Candidate[] | undefined, argument: Argument): Promise<void> {
    if (!candidates) return;
    const action = await this.actionFor(argument);
    const question = action && (await this.askCommands.gather(action, `${candidates.length} Models`));
    if (!question) return;
    const isSent = await this.comparing.ask({ ...question, origin: 'compare' }, candidates);
    if (!isSent && action.instruction === undefined) this.session.keepPrompt(action.id, question.prompt);
  }

  /** Asks what is typed into the panel's composer; it goes on from the conversation. */
  async askTyped(text: string): Promise<void> {
    const prompt = text.trim();
    const { session } = this;
    if (prompt === '' || !session.composer.canSend) return;
    const added = this.context.items.length === 0 ? [] : (await this.context.fresh()) && this.context.take();
    // What cannot be sent says so itself.
    if (!added) return session.setDraft(text);
    session.setDraft('');
    const follows = lastAnswered(session.conversation)?.id;
    const question = {
      title: titleOf(prompt),
      action: 'ask',
      prompt,
      added,
      follows,
      origin: 'compare',
    } as const;
    let isSent = false;
    try {
      const candidates = await this.candidates.choose();
      isSent = candidates !== undefined && (await this.comparing.ask(question, candidates));
    } finally {
      if (!isSent) {
        this.context.putBack(added);
        session.setDraft(text);
      }
    }
  }

  /** The conversation goes on from `turn`; its model is offered for what is asked like it from now on. */
  async keep(turn: Turn): Promise<void> {
    if (turn.group === undefined) return;
    this.session.choose(turn, 'keep');
    const { model } = turn.sent.parameters;
    const asker = this.askerOf(turn);
    if (model === asker.model) return;
    const isWanted = await this.dialogs.news(
      say`Going on with ${columnName(turn)}`,
      asker.title === undefined ? `Use ${model} from Now On` : `Use ${model} for ${asker.title}`,
    );
    if (!isWanted) return;
    await asker.use(model);
    const isUndone = await this.dialogs.news(
      asker.title === undefined
        ? say`${model} is asked from now on.`
        : say`${asker.title} asks ${model} from now on.`,
      'Undo',
    );
    if (isUndone) await asker.use(asker.before);
  }

  /** Whose model decides what is asked like `turn`: its action's; of a plain question the one in force. */
  private askerOf({ action: id, promptId }: Turn): Asking {
    const { settings } = this;
    const { actions, parameters } = settings.current;
    const { model } = parameters;
    const inForce = { model, before: model, use: async (next = model) => settings.useModel(next) };
    const ofAction = (action: Pick<Action, 'id' | 'title' | 'model'>): Asking => ({
      title: action.title,
      model: action.model ?? model,
      before: action.model,
      use: next => settings.useActionModel(action.id, next),
    });
    if (promptId !== undefined) {
      const own = actions.own.find(action => action.id === promptId);
      // The model of a prompt file stands in that file.
      return own ? ofAction(own) : inForce;
    }
    const builtIn = builtInActions.find(action => action.id === id);
    const own = actions.changes[id]?.model;
    return builtIn && (id !== 'ask' || own !== undefined) ? ofAction({ ...builtIn, model: own }) : inForce;
  }

  private candidatesOf({ models: ids, set }: Argument): readonly Candidate[] | 'unusable' | undefined {
    if (ids) return toCandidates(ids);
    if (set === undefined) return undefined;
    const saved = v.safeParse(models, this.settings.current.compareSets[set]);
    return saved.success ? toCandidates(saved.output) : 'unusable';
  }

  private async actionFor({ action: id }: Argument): Promise<Action | undefined> {
    const actions: readonly Action[] = builtInActions;
    const named = actions.find(action => action.id === id);
    if (named) return named;
    const hasCode = this.editors.selectedCode() !== undefined;
    const items = actions.map(action => ({
      ...action,
      label: plain(action.instruction === undefined ? `${action.title}…` : action.title),
    }));
    // What is nearest at hand first: what is selected is probably meant.
    const ordered = hasCode ? items.toSorted((a, b) => Number(b.takesCode) - Number(a.takesCode)) : items;
    return this.dialogs.pick(ordered, {
      title: say`Compare Models`,
      placeHolder: say`What shall they all be asked?`,
    });
  }
}
