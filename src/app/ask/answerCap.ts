import type { CapBy } from '../../core/chat/spending';
import type { ModelEndpoint } from '../../core/models/model';
import type { Pricing } from '../../core/money/pricing';

/** What is needed to count the cost of a running answer. */
export interface AnswerCap {
  /** The highest prices that may hold. */
  readonly pricing: Pricing;
  /** Who may serve it, at what prices; undefined when nobody says. */
  readonly endpoints?: readonly ModelEndpoint[];
  /** The most that the prompt is expected to come to. */
  readonly promptTokens: number;
  readonly by: CapBy;
}
