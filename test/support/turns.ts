import { type Answer, emptyAnswer } from '../../src/core/chat/answer';
import type { CodePart, Sent, SentCode, Turn } from '../../src/core/chat/conversation';

/** A turn as tests need it; each field can be replaced. */
export function makeTurn(changes: Partial<Turn> = {}): Turn {
  return {
    id: 'turn-1',
    action: 'explain',
    title: 'Explain Selection',
    startedAtMs: 1_760_000_000_000,
    sent: makeSent(),
    answer: emptyAnswer,
    ...changes,
  };
}

export function makeSent(changes: Partial<Sent> = {}): Sent {
  return {
    systemPrompt: 'Be brief.',
    earlierTurns: 0,
    prompt: 'Explain this code.',
    parameters: { model: 'acme/m1', maxTokens: 1000 },
    ...changes,
  };
}

export function makeAnswer(changes: Partial<Answer> = {}): Answer {
  return { ...emptyAnswer, ...changes };
}

export function makeCode(changes: Partial<SentCode> = {}): SentCode {
  return {
    parts: [makePart()],
    languageId: 'typescript',
    path: 'src/a.ts',
    scope: 'selection',
    ...changes,
  };
}

export function makePart(changes: Partial<CodePart> = {}): CodePart {
  return { text: 'const a = 1;', startLine: 1, endLine: 1, ...changes };
}
