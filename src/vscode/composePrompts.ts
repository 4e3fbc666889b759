import { AskCommands } from '../app/ask/askCommands';
import type { AskSession } from '../app/ask/askSession';
import { PreviewChoice } from '../app/ask/previewChoice';
import { RequestPreview } from '../app/ask/requestPreview';
import type { SecretMasking } from '../app/ask/secretMasking';
import { PromptCommands } from '../app/prompts/promptCommands';
import { PromptLibrary } from '../app/prompts/promptLibrary';
import { PromptText } from '../app/prompts/promptText';
import type { ActivationParts } from './activationParts';
import type { ContextParts } from './composeContext';
import type { Foundation } from './composeFoundation';

/** Builds the commands of actions and prompts, and the preview of what they would ask. */
export function composePrompts(
  { dialogs, endpoints, settings }: ActivationParts,
  { editors, estimates, models, openRouter, sources }: Foundation,
  session: AskSession,
  masking: SecretMasking,
  { list }: ContextParts,
) {
  const texts = new PromptText(sources, dialogs);
  const askCommands = new AskCommands(session, editors, dialogs, settings, texts);
  const library = new PromptLibrary(sources, settings);
  const requestPreview = new RequestPreview({
    session,
    choice: new PreviewChoice(session, askCommands, library, dialogs, list),
    editors,
    endpoints,
    openRouter,
    estimates,
    models,
    settings,
    dialogs,
    masking,
  });
  const prompts = new PromptCommands({
    library,
    sources,
    ask: askCommands,
    preview: requestPreview,
    estimates,
    models,
    editors,
    dialogs,
    settings,
  });
  return { askCommands, prompts, requestPreview };
}
