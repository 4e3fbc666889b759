import { ContextCommands } from '../app/context/contextCommands';
import { ContextImages } from '../app/context/contextImages';
import { ContextList } from '../app/context/contextList';
import { SaveImage } from '../app/context/saveImage';
import type { ActivationParts, Own } from './activationParts';
import type { Foundation } from './composeFoundation';

/** Builds what adds things to the next question. */
export function composeContext({ dialogs }: ActivationParts, { newId, sources }: Foundation, own: Own) {
  const list = own(new ContextList(sources, newId));
  const images = own(new ContextImages(list, sources, newId));
  const commands = own(new ContextCommands(list, images, sources, dialogs));
  return { list, images, commands, saving: new SaveImage(dialogs) };
}

export type ContextParts = ReturnType<typeof composeContext>;
