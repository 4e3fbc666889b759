import type { Key } from '../account/keys';
import type { Exchange } from '../http/exchange';
import type { Simulation } from '../simulation';
import type { ChatBody } from './requestBody';
import type { Wish } from './wish';

/** A valid request and who asks. */
export interface Asked {
  readonly simulation: Simulation;
  readonly exchange: Exchange;
  readonly key: Key;
  readonly body: ChatBody;
  readonly wish: Wish;
}
