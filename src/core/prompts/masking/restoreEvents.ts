import type { ChatEvent } from '../../chat/chatClient';
import { lengthOfOpenPlaceholder, type SecretVault } from './secretVault';

/** A text that comes in pieces, with the secrets put back. Holds back only what may be the beginning of a placeholder. */
export class RestoringText {
  private held = '';

  constructor(private readonly vault: Pick<SecretVault, 'restore'>) {}

  /** What can be shown after `piece`. */
  push(piece: string): string {
    const text = this.held + piece;
    const whole = text.length - lengthOfOpenPlaceholder(text);
    this.held = text.slice(whole);
    return this.vault.restore(text.slice(0, whole));
  }

  /** What was held back, when nothing more comes. */
  end(): string {
    const rest = this.vault.restore(this.held);
    this.held = '';
    return rest;
  }
}

/** The events of an answer, with the secrets in the places of their placeholders. */
export async function* restoreEvents(
  events: AsyncIterable<ChatEvent>,
  vault: Pick<SecretVault, 'restore'>,
): AsyncGenerator<ChatEvent> {
  const texts = { text: new RestoringText(vault), reasoning: new RestoringText(vault) };
  for await (const event of events) {
    switch (event.type) {
      case 'text':
      case 'reasoning': {
        const text = texts[event.type].push(event.text);
        if (text !== '') yield { ...event, text };
        break;
      }
      case 'toolCall':
        yield { ...event, arguments: vault.restore(event.arguments) };
        break;
      case 'ended':
        yield* ends(texts);
        yield event;
        break;
      default:
        yield event;
    }
  }
}

function* ends(texts: Readonly<Record<'text' | 'reasoning', RestoringText>>): Generator<ChatEvent> {
  for (const type of ['reasoning', 'text'] as const) {
    const text = texts[type].end();
    if (text !== '') yield { type, text };
  }
}
