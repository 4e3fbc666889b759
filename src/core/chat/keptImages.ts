import type { Conversation, Turn } from './conversation';

/** A conversation keeps so many characters of images on disk, some 12 MB: the newest. */
export const mostKeptImageChars = 16_000_000;

/** The conversation as it is kept: of images that are too many only what they were, the oldest first. */
export function withinImageBound(conversation: Conversation, most = mostKeptImageChars): Conversation {
  if (imageChars(conversation.turns) <= most) return conversation;
  let left = most;
  const turns = conversation.turns
    .toReversed()
    .map(turn => {
      left -= imageChars([turn]);
      return left >= 0 ? turn : withoutImages(turn);
    })
    .toReversed();
  return { ...conversation, turns };
}

function imageChars(turns: readonly Turn[]): number {
  let chars = 0;
  for (const { sent, answer } of turns) {
    for (const part of sent.added ?? []) if (part.kind === 'image') chars += part.url?.length ?? 0;
    for (const image of answer.images ?? []) if (image.kind === 'shown') chars += image.url.length;
  }
  return chars;
}

function withoutImages(turn: Turn): Turn {
  const { sent, answer } = turn;
  return {
    ...turn,
    sent: sent.added
      ? {
          ...sent,
          added: sent.added.map(part => (part.kind === 'image' ? { ...part, url: undefined } : part)),
        }
      : sent,
    answer: answer.images
      ? {
          ...answer,
          images: answer.images.map(image =>
            image.kind === 'shown' ? { kind: 'missing', reason: 'notKept' } : image,
          ),
        }
      : answer,
  };
}
