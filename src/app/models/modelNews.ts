import { joinPlain, type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import { pricingBefore } from '../../core/models/catalogueHistory';
import type { Model } from '../../core/models/model';
import { describePrice } from '../../core/models/modelRow';
import { type Successor, successorsOf } from '../../core/models/nearModels';
import { mixedPrice, percentMore } from '../../core/money/usageMix';
import type { Endpoints } from '../account/endpoints';
import type { CatalogueRecord } from './catalogueRecord';
import type { ModelList } from './modelList';
import type { UsedModels } from './usedModels';

/** Smaller rises are not worth a question. */
const leastPercent = 5;
/** A model that goes away later than that is told of in the list of models only. */
const tellDaysAhead = 14;
const dayMs = 86_400_000;

/** What the user should hear of a model before the next request to it: a higher price, its end. */
export class ModelNews {
  /** What was told or looked up in this window, by model and price: nobody hears or waits for it twice. */
  private readonly settled = new Set<string>();

  constructor(
    private readonly endpoints: Pick<Endpoints, 'baseUrl'>,
    private readonly record: Pick<CatalogueRecord, 'of'>,
    private readonly models: Pick<ModelList, 'atHand'>,
    private readonly used: Pick<UsedModels, 'lastUse' | 'mix'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Sentences about `model`; empty when there is nothing new. They come again until {@link settle} says otherwise. */
  async of(model: Model): Promise<PlainText> {
    if (this.settled.has(keyOf(model))) return plain('');
    const news = paragraphs(...(await Promise.all([this.rise(model), this.end(model)])));
    if (news === '') this.settle(model);
    return news;
  }

  /** The user has heard of it. */
  settle(model: Model): void {
    this.settled.add(keyOf(model));
  }

  private async rise(model: Model): Promise<PlainText> {
    const { baseUrl } = this.endpoints;
    if (baseUrl === undefined) return plain('');
    const history = await this.record.of(baseUrl);
    // The ledger is looked into only where a price has changed at all.
    if (!pricingBefore(history, model.id, 0)) return plain('');
    const lastUsedMs = await this.used.lastUse([
      model.id,
      ...(model.canonicalSlug ? [model.canonicalSlug] : []),
    ]);
    const before = lastUsedMs === undefined ? undefined : pricingBefore(history, model.id, lastUsedMs);
    if (lastUsedMs === undefined || before === undefined) return plain('');
    const mix = await this.used.mix();
    const [was, is] = [before, model.pricing].map(pricing => mixedPrice(pricing, mix, this.now()));
    const when = say`since you last used it (${dayText(lastUsedMs, this.now())})`;
    const prices = say`It was ${describePrice(before)}; now it is ${describePrice(model.pricing)}.`;
    if (was === 0n && is !== 0n) return say`${model.name} is no longer free ${when}. ${prices}`;
    const percent = percentMore(was, is);
    if (percent === undefined || percent < leastPercent) return plain('');
    return say`${model.name} is up ${percent} % ${when}, counted by what you usually send and receive. ${prices}`;
  }

  private async end(model: Model): Promise<PlainText> {
    const { expirationDate } = model;
    const endMs = expirationDate === undefined ? Number.NaN : Date.parse(expirationDate);
    if (expirationDate === undefined || !(endMs - this.now() < tellDaysAhead * dayMs)) return plain('');
    const successors = successorsOf(model, this.models.atHand, await this.used.mix(), this.now());
    const told = say`${model.name} ${endMs + dayMs < this.now() ? 'went' : 'goes'} away on ${expirationDate}.`;
    if (successors.length === 0) return told;
    const names = joinPlain(successors.map(describeSuccessor), ', or ');
    return say`${told} You could go on with ${names}.`;
  }
}

const keyOf = ({ id, pricing, expirationDate }: Model): string =>
  JSON.stringify([id, pricing.prompt, pricing.completion, expirationDate]);

function describeSuccessor({ model, percentMore: more }: Successor): PlainText {
  if (more === undefined) return say`${model.id} (${describePrice(model.pricing)})`;
  if (more === 0) return say`${model.id} (as dear for what you usually ask)`;
  return say`${model.id} (${Math.abs(more)} % ${more > 0 ? 'dearer' : 'cheaper'} for what you usually ask)`;
}

/** `3 Nov`; with its year when that is another one. */
function dayText(atMs: number, nowMs: number): string {
  const [day, today] = [new Date(atMs), new Date(nowMs)];
  const year = day.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return day.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}
