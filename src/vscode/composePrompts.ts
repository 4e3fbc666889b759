import { AskCommands } from '../app/ask/askCommands';
import type { AskSession } from '../app/ask/askSession';
import { PromptCommands } from '../app/prompts/promptCommands';
import { PromptLibrary } from '../app/prompts/promptLibrary';
import { PromptText } from '../app/prompts/promptText';
import type { ActivationParts } from './activationParts';
import type { Foundation } from './composeFoundation';

/** Builds the commands of actions and prompts. */
export function composePrompts(
  { dialogs, settings }: ActivationParts,
  { editors, estimates, models, sources }: Foundation,
  session: AskSession,
) {
  const texts = new PromptText(sources, dialogs);
  const askCommands = new AskCommands(session, editors, dialogs, settings, texts);
  const library = new PromptLibrary(sources, settings);
  const prompts = new PromptCommands(
    library,
    sources,
    askCommands,
    estimates,
    models,
    editors,
    dialogs,
    settings,
  );
  return { askCommands, prompts };
}
