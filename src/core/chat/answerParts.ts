import type { Cost } from '../money/cost';
import type { Usage } from '../money/usage';
import type { Outcome } from './chatClient';

/** One of the requests whose texts make up an answer, after another one went on from it. */
export interface AnswerPart {
  /** Its ledger row. */
  readonly requestId: string;
  readonly outcome: Outcome;
  /** Where its text, and its reasoning, end in those of the answer, in UTF-16 units. */
  readonly textEnd: number;
  readonly reasoningEnd: number;
  readonly servedModel?: string;
  readonly provider?: string;
  readonly generationId?: string;
  readonly finishReason?: string;
  readonly usage?: Usage;
  readonly cost?: Cost;
}

/** `parts` with what became known of the request `requestId`; undefined when it is none of them. */
export function settlePart(
  parts: readonly AnswerPart[],
  requestId: string | undefined,
  settle: (part: AnswerPart) => AnswerPart,
): readonly AnswerPart[] | undefined {
  const index = parts.findIndex(part => part.requestId === requestId);
  const part = parts[index];
  return part && parts.with(index, settle(part));
}
