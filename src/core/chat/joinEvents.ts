import type { ChatEvent } from './chatClient';
import type { Seam } from './seam';

/** What `event` of a request that goes on with an answer adds to it: text comes through the seam. */
export function joinEvent(event: ChatEvent, seam: Seam): readonly ChatEvent[] {
  switch (event.type) {
    case 'text':
      return textOf(seam.push(event.text));
    case 'finish':
      return [...textOf(seam.end(event.finishReason === 'stop')), event];
    case 'ended':
      return [...textOf(seam.end(false)), event];
    default:
      return [event];
  }
}

const textOf = (text: string): readonly ChatEvent[] => (text === '' ? [] : [{ type: 'text', text }]);
