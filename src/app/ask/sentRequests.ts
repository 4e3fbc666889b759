import type { ChatRequest } from '../../core/chat/chatClient';
import type { Conversation, Turn } from '../../core/chat/conversation';
import { historyUpTo } from '../../core/chat/history';
import { toMessages } from '../../core/prompts/messages';

/** Older ones are built anew from their turns. */
const mostKept = 50;

/** The requests of this window exactly as they were sent. */
export class SentRequests {
  private readonly kept = new Map<string, ChatRequest>();

  remember(turnId: string, request: ChatRequest): void {
    this.kept.delete(turnId);
    this.kept.set(turnId, request);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= mostKept) return;
      this.kept.delete(oldest);
    }
  }

  /** What `turn` sent; of a turn from before a reload what its conversation says. */
  of(turn: Turn, conversation: Conversation): ChatRequest {
    const history = historyUpTo(conversation, turn.follows);
    return (
      this.kept.get(turn.id) ?? {
        parameters: turn.sent.parameters,
        messages: toMessages(history, turn.sent),
        sessionId: history[0]?.id ?? turn.id,
      }
    );
  }
}
