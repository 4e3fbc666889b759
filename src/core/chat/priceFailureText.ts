import { describeMaxPrice } from '../money/maxPrice';
import type { Failure } from './failure';
import { type FailureText, text } from './failureAction';
import { withoutBatch } from './modelSuffix';

/** What is said when a spending limit and the price of a model do not go together, and what can be allowed. */
export function priceText({ kind, maxPrice, offer }: Failure, model: string): FailureText {
  const why =
    kind === 'priceNotBound'
      ? `What ${model} costs varies or is not known here, so your spending limits could not be held. Nothing was sent.`
      : `No provider offers ${model} at up to ${maxPrice ? describeMaxPrice(maxPrice) : 'the price that your spending limits allow for'} right now.`;
  if (!offer) return text(`${why} Pick another model, or change the limit.`, 'pickModel', 'changeLimit');
  const atMost = offer.costUsd === undefined ? '' : `, at most $${offer.costUsd} for this question`;
  return text(
    `${why} Allow up to ${describeMaxPrice(offer.maxPrice)} this once${atMost}, or pick another model.`,
    'allowPrice',
    'pickModel',
    'changeLimit',
  );
}

/** What is said of a row of the catalogue that takes batches only. */
export function batchText(model: string): FailureText {
  return text(
    `${model} takes batches of requests only and cannot answer a question. Pick ${withoutBatch(model)} or another model.`,
    'pickModel',
  );
}
