import type { ParameterChoice } from '../chat/parameterSettings';

export const applyChoices = ['none', 'replace', 'newFile'] as const;
/** What an answer is for: to be read, to replace the code that was sent, or to be a file of its own. */
export type ApplyChoice = (typeof applyChoices)[number];

/** Own models, parameters and texts, for an own action or in place of a built-in one's. */
export interface ActionChoices {
  readonly model?: string;
  readonly parameters?: ParameterChoice;
  readonly systemPrompt?: string;
  /** The workspace, not the user, has named the model. */
  readonly isModelOfWorkspace?: boolean;
  /** The same for the parameters. */
  readonly areParametersOfWorkspace?: boolean;
}
