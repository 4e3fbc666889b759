/**
 * The highest prices at which a request may be served, as `provider.max_price` has them: decimal text, USD per million
 * tokens, per request and per image. No endpoint that asks for more serves the request.
 */
export interface MaxPrice {
  readonly prompt: string;
  readonly completion: string;
  readonly request: string;
  /** Undefined: the model names no price of an image. */
  readonly image?: string;
}

/** A price that the user may allow a single request. */
export interface PriceOffer {
  readonly maxPrice: MaxPrice;
  /** What the request could cost at that price, at most: USD, decimal text. */
  readonly costUsd?: string;
}

/** `$3 in and $15 out per million tokens`, with the price of the request itself when there is one. */
export function describeMaxPrice({ prompt, completion, request }: MaxPrice): string {
  const perRequest = Number(request) > 0 ? ` plus $${request} per request` : '';
  return `$${prompt} in and $${completion} out per million tokens${perRequest}`;
}
