import { Newest } from '../../core/base/newest';
import type { ChatMessage, ChatRequest } from '../../core/chat/chatClient';
import type { Conversation, Turn } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import { toMessages } from '../../core/prompts/messages';

/** Older ones are built anew from their turns. */
const mostKept = 50;

/** The requests of this window exactly as they were sent. */
export class SentRequests {
  private readonly kept = new Newest<ChatRequest>(mostKept);

  /** `mask` takes secrets out of what is built anew. */
  constructor(private readonly mask: (messages: readonly ChatMessage[]) => readonly ChatMessage[]) {}

  remember(turnId: string, request: ChatRequest): void {
    this.kept.set(turnId, request);
  }

  /** What `turn` sent; of a turn from before a reload what its conversation says. */
  of(turn: Turn, conversation: Conversation): ChatRequest {
    const history = historyUpTo(conversation, turn.follows);
    return (
      this.kept.get(turn.id) ?? {
        parameters: turn.sent.parameters,
        messages: this.mask(toMessages(history, turn.sent)),
        sessionId: history[0]?.id ?? turn.id,
      }
    );
  }
}
