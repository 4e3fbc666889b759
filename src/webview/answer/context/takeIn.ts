import { base64Bytes } from '../../../core/base/imageData';
import { announce, postToHost } from '../../shared/pageEvents';
import { shrinkImage } from './shrinkImage';

/** What VS Code's own views give of what is dragged out of them, the best first. */
const addressTypes = ['application/vnd.code.uri-list', 'text/uri-list'];

/** More images at once are a mistake. */
const mostAtOnce = 10;

/** Where a `#` was just typed at the beginning of a word; undefined for anything else. */
export function typedHash(event: Event, input: HTMLTextAreaElement): number | undefined {
  if (!(event instanceof InputEvent) || event.isComposing) return undefined;
  if (event.inputType !== 'insertText' || event.data !== '#') return undefined;
  const at = input.selectionStart - 1;
  return at === 0 || /\s/.test(input.value.charAt(at - 1)) ? at : undefined;
}

/** The images in the clipboard, as far as they are what was copied: text comes with a picture of itself now and then. */
export function imagesToTake(data: DataTransfer | null): readonly File[] {
  if (data?.getData('text/plain') !== '') return [];
  return [...data.files].filter(isImage);
}

/** Lets files be dropped; text that is dragged goes into the question as ever. */
export function onDragOver(event: DragEvent): void {
  const types = event.dataTransfer?.types ?? [];
  if (!event.dataTransfer || !['Files', ...addressTypes].some(type => types.includes(type))) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
}

/** Adds what was dropped on the composer. */
export function takeDrop(from: EventTarget, event: DragEvent): void {
  const data = event.dataTransfer;
  if (!data) return;
  const uris = droppedAddresses(data);
  const files = [...data.files];
  if (uris.length === 0 && files.length === 0) return;
  event.preventDefault();
  if (uris.length > 0) postToHost(from, { type: 'addFiles', uris });
  else if (files.some(isImage)) void postImages(from, files.filter(isImage));
  else
    announce(
      from,
      'Only images can be dropped from outside. Other files: hold Shift and drop them from the Explorer.',
    );
}

function droppedAddresses(data: DataTransfer): string[] {
  const list = addressTypes.map(type => data.getData(type)).find(text => text !== '') ?? '';
  // A link of a browser is text, and no file.
  const lines = list.split(/\r?\n/).map(line => line.trim());
  return lines.filter(line => /^[a-z][\w+.-]*:/i.test(line) && !/^https?:/i.test(line)).slice(0, 1000);
}

/** Sends images to the host, made small enough. */
export async function postImages(from: EventTarget, files: readonly File[]): Promise<void> {
  for (const file of files.slice(0, mostAtOnce)) {
    const url = await shrinkImage(file);
    if (url === undefined) announce(from, `${file.name || 'The image'} cannot be read as an image.`);
    // Browsers call every pasted image so.
    else postToHost(from, { type: 'addImage', url, ...(file.name !== 'image.png' && { name: file.name }) });
  }
}

/** Sends an image of the host's back, made small enough; as it is when it cannot be read, which the host then tells. */
export async function postShrunk(
  from: EventTarget,
  { id, url }: { readonly id: string; readonly url: string },
): Promise<void> {
  const shrunk = await shrinkImage(toBlob(url));
  postToHost(from, { type: 'addImage', id, url: shrunk ?? 'data:,' });
}

/** Without asking a network, which the page may not. */
function toBlob(url: string): Blob {
  const [head = '', base64 = ''] = url.split(',', 2);
  return new Blob([base64Bytes(base64)], { type: head.slice('data:'.length).split(';', 1)[0] ?? '' });
}

const isImage = ({ type }: File): boolean => type.startsWith('image/');
