import { answerAbout } from '../answers/answerAbout';
import { contentText, readPrompt } from '../answers/prompt';
import { isRecord } from '../http/exchange';

/**
 * Models that go on from an assistant message at the end of the messages, exactly where it stops. All others take it
 * for a turn that is over, and answer anew with small talk.
 */
const prefilling: ReadonlySet<string> = new Set([
  'anthropic/claude-haiku-4.5',
  'anthropic/claude-sonnet-4.5',
  'anthropic/claude-opus-4.5',
  'deepseek/deepseek-chat',
  'mistralai/codestral-2508',
  'mistralai/devstral-2512',
  'mistralai/mistral-large-2512',
]);

/** An answer that was cut off and sent back, to be gone on with. */
interface Cut {
  /** The messages that it answers. */
  readonly asked: readonly unknown[];
  readonly text: string;
  /** It is the last message; else words behind it ask for more. */
  readonly isPrefill: boolean;
}

function readCut(messages: readonly unknown[]): Cut | undefined {
  const [before, last] = messages.slice(-2).filter(isRecord);
  if (messages.length < 2 || !before || !last) return undefined;
  if (last.role === 'assistant')
    return { asked: messages.slice(0, -1), text: contentText(last.content), isPrefill: true };
  const isAskedFor =
    before.role === 'assistant' && /\bcut off\b.*\bcontinue\b/i.test(contentText(last.content));
  if (!isAskedFor) return undefined;
  return { asked: messages.slice(0, -2), text: contentText(before.content), isPrefill: false };
}

/** What the model `id` says to `messages`; goes on where one of its answers was cut off, if it can. */
export function answerTo(messages: readonly unknown[], id: string): string {
  const cut = readCut(messages);
  const whole = answerAbout(readPrompt(cut?.asked ?? messages));
  if (!cut) return whole;
  if (cut.isPrefill && !prefilling.has(id)) return `Sure! Here is the answer:\n\n${whole}`;
  if (!whole.startsWith(cut.text)) return answerAbout(readPrompt(messages));
  const rest = whole.slice(cut.text.length);
  return cut.isPrefill ? rest : `Continuing where it stopped:\n\n${rest}`;
}
