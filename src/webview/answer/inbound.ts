import type { ToAnswerPage } from '../../protocol/answerMessages';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const checks: {
  readonly [T in ToAnswerPage['type']]: (message: Readonly<Record<string, unknown>>) => boolean;
} = {
  state: ({ state }) => isRecord(state) && isRecord(state.conversation) && isRecord(state.composer),
  earlierTurns: ({ conversationId, turns, missingTurns }) =>
    typeof conversationId === 'string' &&
    typeof missingTurns === 'number' &&
    Array.isArray(turns) &&
    turns.every(turn => isRecord(turn) && isRecord(turn.sent) && isRecord(turn.answer)),
  turn: ({ turn }) => isRecord(turn) && isRecord(turn.sent) && isRecord(turn.answer),
  events: ({ turnId, events }) =>
    typeof turnId === 'string' && Array.isArray(events) && events.every(isRecord),
  composer: ({ composer }) => isRecord(composer),
  focusComposer: () => true,
};

/** `value` as a message of the host; `undefined` for everything else that is posted to a window. */
export function toAnswerPageMessage(value: unknown): ToAnswerPage | undefined {
  if (!isRecord(value) || typeof value.type !== 'string' || !Object.hasOwn(checks, value.type))
    return undefined;
  const type = value.type as ToAnswerPage['type'];
  return checks[type](value) ? (value as ToAnswerPage) : undefined;
}
