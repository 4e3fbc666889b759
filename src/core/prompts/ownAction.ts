import type { ParameterChoice } from '../chat/parameterSettings';
import type { ApplyChoice } from './actionChoices';
import type { Action } from './actions';

export const actionSources = ['settings', 'promptFolder', 'workspace'] as const;
/** Where an own action comes from. What is nearer to the user wins over the same name further away. */
export type ActionSource = (typeof actionSources)[number];

/** An action of the user or the workspace: the same as a built-in one, with all that it says of its request. */
export interface OwnAction extends Action {
  readonly source: ActionSource;
  readonly apply: ApplyChoice;
  readonly description?: string;
  /** What is typed behind the name, in the file's words; shown when the prompt asks for something. */
  readonly argumentHint?: string;
  /** What it says that is not used, in sentences. */
  readonly notes: readonly string[];
}

/** OpenRouter's ids have a vendor; VS Code's prompt files name models by titles such as “GPT-4o”. */
export const isModelId = (text: string): boolean => /^[\w.~-]{1,100}\/[\w.:~@-]{1,200}$/.test(text);

/** What a workspace may choose of the parameters: nothing that is paid for with another price or a longer answer. */
export function forWorkspace(parameters: ParameterChoice, mostTokens: number): ParameterChoice {
  const { serviceTier: _, maxTokens, ...others } = parameters;
  return maxTokens === undefined ? others : { ...others, maxTokens: Math.min(maxTokens, mostTokens) };
}
