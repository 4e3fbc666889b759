import { AskCommands } from '../app/ask/askCommands';
import type { AskSession } from '../app/ask/askSession';
import { PromptCommands } from '../app/prompts/promptCommands';
import { PromptLibrary } from '../app/prompts/promptLibrary';
import { PromptText } from '../app/prompts/promptText';
import { homeFolder } from '../storage/homeFolder';
import type { ActivationParts } from './activationParts';
import type { Foundation } from './composeFoundation';
import { VscodePromptFiles } from './promptFiles';
import { VscodePromptValues } from './promptValues';

/** Builds the commands of actions and prompts. */
export function composePrompts(
  { dialogs, settings }: ActivationParts,
  { editors, estimates, models, neverSend }: Foundation,
  session: AskSession,
) {
  const texts = new PromptText(new VscodePromptValues(neverSend), dialogs);
  const askCommands = new AskCommands(session, editors, dialogs, settings, texts);
  const files = new VscodePromptFiles(settings, homeFolder());
  const library = new PromptLibrary(files, settings);
  const prompts = new PromptCommands(
    library,
    files,
    askCommands,
    estimates,
    models,
    editors,
    dialogs,
    settings,
  );
  return { askCommands, prompts };
}
