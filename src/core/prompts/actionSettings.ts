import * as v from 'valibot';
import { readParameters } from '../chat/parameterSettings';
import { type ActionChoices, applyChoices } from './actionChoices';
import { type Action, builtInActions } from './actions';
import { isModelId, type OwnAction } from './ownAction';

const text = v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100_000)));

/** One entry of `askOpenRouter.actions`. Other fields are other parts' business. */
const entrySchema = v.object({
  title: text,
  text,
  model: text,
  parameters: v.optional(v.record(v.string(), v.unknown())),
  systemPrompt: text,
  takesCode: v.optional(v.union([v.boolean(), v.literal('selection')])),
  apply: v.optional(v.picklist(applyChoices)),
});

type Entry = v.InferOutput<typeof entrySchema>;

/** What a built-in action does otherwise. */
export interface ActionChange extends ActionChoices {
  readonly instruction?: string;
  readonly apply?: OwnAction['apply'];
}

/** What `askOpenRouter.actions` says. */
export interface ActionSettings {
  readonly own: readonly OwnAction[];
  /** By the id of the built-in action. */
  readonly changes: Readonly<Record<string, ActionChange>>;
  /** Names of what cannot be used: `review.apply`. */
  readonly unusable: readonly string[];
}

export const noActions: ActionSettings = { own: [], changes: {}, unusable: [] };

/** What one place says: the user's settings, or the workspace's. */
export interface ActionSetting {
  readonly value: unknown;
  readonly isOfWorkspace: boolean;
}

/** Which of the choices the workspace has made. */
type Origins = Pick<ActionChoices, 'isModelOfWorkspace' | 'areParametersOfWorkspace'>;

/** The entries of all places: a later one wins field by field. */
export function readActions(places: readonly ActionSetting[]): ActionSettings {
  const unusable: string[] = [];
  const entries = new Map<string, Entry & Partial<Origins> & { readonly isOfWorkspace?: boolean }>();
  for (const { value, isOfWorkspace } of places) {
    for (const [id, given] of Object.entries(isObject(value) ? value : {})) {
      const entry = readEntry(id, given, unusable);
      if (!entry) continue;
      const before = entries.get(id);
      entries.set(id, {
        ...before,
        ...entry,
        isModelOfWorkspace: entry.model ? isOfWorkspace : before?.isModelOfWorkspace,
        areParametersOfWorkspace: entry.parameters ? isOfWorkspace : before?.areParametersOfWorkspace,
        isOfWorkspace: before?.isOfWorkspace ?? isOfWorkspace,
      });
    }
  }
  const own: OwnAction[] = [];
  const changes: Record<string, ActionChange> = {};
  for (const [id, entry] of entries) {
    const { choices, problems } = toChoices(entry);
    unusable.push(...problems.map(field => `${id}.${field}`));
    const builtIn: Action | undefined = builtInActions.find(action => action.id === id);
    if (builtIn)
      changes[id] = {
        ...choices,
        ...(entry.text && { instruction: entry.text }),
        ...(entry.apply && { apply: entry.apply }),
      };
    else if (entry.text) own.push(toOwn(id, entry, entry.text, choices));
    else unusable.push(`${id}.text`);
  }
  return { own, changes, unusable };
}

function readEntry(id: string, given: unknown, unusable: string[]): Entry | undefined {
  if (!isObject(given)) {
    unusable.push(id);
    return undefined;
  }
  const fields = Object.entries(given).filter(([name, field]) => {
    const schema = name in entrySchema.entries ? entrySchema.entries[name as keyof Entry] : undefined;
    const isUsable = !schema || v.safeParse(schema, field).success;
    if (!isUsable) unusable.push(`${id}.${name}`);
    return schema !== undefined && isUsable;
  });
  return v.parse(entrySchema, Object.fromEntries(fields));
}

function toChoices(entry: Entry & Partial<Origins>): {
  readonly choices: ActionChoices;
  readonly problems: readonly string[];
} {
  const { parameters, unusable } = readParameters(entry.parameters);
  const isModel = entry.model !== undefined && isModelId(entry.model);
  const choices = {
    ...(isModel && { model: entry.model, isModelOfWorkspace: entry.isModelOfWorkspace }),
    ...(Object.keys(parameters).length > 0 && {
      parameters,
      areParametersOfWorkspace: entry.areParametersOfWorkspace,
    }),
    ...(entry.systemPrompt && { systemPrompt: entry.systemPrompt }),
  };
  const problems = [
    ...unusable.map(field => `parameters.${field}`),
    ...(entry.model && !isModel ? ['model'] : []),
  ];
  return { choices, problems };
}

function toOwn(
  id: string,
  entry: Entry & { readonly isOfWorkspace?: boolean },
  instruction: string,
  choices: ActionChoices,
): OwnAction {
  const { title, takesCode, apply = 'none', isOfWorkspace } = entry;
  return {
    ...choices,
    id,
    title: title || id,
    source: isOfWorkspace ? 'workspace' : 'settings',
    instruction,
    takesCode: takesCode ?? true,
    apply,
    notes: [],
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
