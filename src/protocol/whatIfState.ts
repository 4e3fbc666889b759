import type { ServiceTier } from '../core/chat/requestParameters';
import type { WhatIfRoute } from '../core/usage/whatIf/routePrices';

/** What the period is asked about. */
export interface WhatIfChoice {
  /** Undefined: the models stay the same. */
  readonly model?: string;
  readonly route: WhatIfRoute;
}

/** USD, decimal text. */
export interface WhatIfFigures {
  readonly requests: number;
  readonly costUsd: string;
  readonly lowUsd: string;
  readonly likelyUsd: string;
  readonly highUsd: string;
  /** `likelyUsd` less `costUsd`. */
  readonly differenceUsd: string;
}

export interface WhatIfRow extends WhatIfFigures {
  readonly action: string;
  /** What "try it" compares; undefined where both would be the same. */
  readonly models?: readonly [used: string, other: string];
  /** The service tier that the other one is asked for then; undefined: as usual. */
  readonly otherTier?: ServiceTier;
}

/** The what-if section; always whole. */
export interface WhatIfState {
  /** Ids to choose from, each once: favourites, then those asked last. */
  readonly offered: readonly string[];
  /** Undefined before the first choice. */
  readonly choice?: WhatIfChoice;
  readonly isReading: boolean;
  /** Why there are no figures, in one sentence. */
  readonly reason?: string;
  /** Of the choice before this one while `isReading`. */
  readonly result?: {
    readonly rows: readonly WhatIfRow[];
    readonly total: WhatIfFigures;
    readonly isFree: boolean;
    readonly notes: readonly string[];
  };
}
