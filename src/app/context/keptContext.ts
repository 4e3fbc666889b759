import * as v from 'valibot';
import type { AddedPart } from '../../core/chat/addedPart';
import { addedPartSchema } from '../../core/chat/schemas/sentSchema';

/**
 * So many characters of texts and images are kept with the draft: some 3.7 MB of images, which is one of the largest
 * that can be sent. The file is written anew while the user types.
 */
export const mostKeptChars = 5_000_000;

const uri = v.string();

/** As `ContextSource`. */
const source = v.variant('kind', [
  v.object({ kind: v.literal('file'), uri }),
  v.object({ kind: v.literal('symbol'), uri, name: v.string(), line: v.number() }),
  v.object({ kind: v.literal('problems'), uri: v.optional(uri) }),
  v.object({ kind: v.literal('diff'), which: v.picklist(['staged', 'unstaged']) }),
]);

const keptItem = v.object({
  source: v.optional(source),
  imageUri: v.optional(uri),
  part: addedPartSchema,
});

export const keptItemsSchema = v.array(keptItem);

/** What is kept of something that goes along. With a `source` its part has only the name: it is read anew. */
export type KeptItem = Readonly<v.InferOutput<typeof keptItem>>;

/** What is kept of `items`; of those that do not fit into `most` characters, the first ones first, only the name. */
export function toKeptItems(items: readonly KeptItem[], most = mostKeptChars): readonly KeptItem[] {
  let left = most;
  return items.map(item => {
    const { source: readAnew, imageUri, part } = item;
    if (readAnew) return { source: readAnew, part: withoutContent(part) };
    const fits = lengthOf(part) <= left;
    if (fits) left -= lengthOf(part);
    return { ...(imageUri !== undefined && { imageUri }), part: fits ? part : withoutContent(part) };
  });
}

/** Whether there is something to send: what did not fit has nothing but its name. */
export const hasContent = (part: AddedPart): boolean => lengthOf(part) > 0;

const lengthOf = (part: AddedPart): number =>
  part.kind === 'image' ? (part.url?.length ?? 0) : part.text.length;

function withoutContent(part: AddedPart): AddedPart {
  if (part.kind === 'image') return { ...part, url: undefined };
  const { kind, name, path } = part;
  return { kind, name, ...(path !== undefined && { path }), text: '' };
}
