import { mixedPrice, percentMore, type UsageMix } from '../money/usageMix';
import type { Model } from './model';
import { seesImages, takesTools } from './modelFilter';
import { vendorOf } from './modelId';
import { answersInText } from './modelRow';

const mostNear = 2;

/** The ids of the list that are spelt most like `typed`, which is not in it; none when none is like it. */
export function nearIds(models: readonly Model[], typed: string): readonly string[] {
  const wanted = spelling(typed);
  if (wanted === '') return [];
  return models
    .filter(model => mayBeNear(wanted, model.id) && answersInText(model))
    .map(({ id }) => ({ id, distance: distanceOf(wanted, spelling(id)) }))
    .filter(({ id, distance }) => distance <= Math.max(wanted.length, id.length) / 3)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNear)
    .map(({ id }) => id);
}

const longestCompared = 100;

const spelling = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .slice(0, longestCompared);

/** Texts of very different lengths need not be compared to know that they are not alike. */
const mayBeNear = (wanted: string, id: string): boolean =>
  !wanted.includes('/') || Math.abs(wanted.length - id.length) <= Math.max(wanted.length, id.length) / 3;

/** How many characters must be put in, taken out or replaced; without its vendor an id is no farther away. */
function distanceOf(wanted: string, id: string): number {
  const whole = editDistance(wanted, id);
  return wanted.includes('/') ? whole : Math.min(whole, editDistance(wanted, id.slice(id.indexOf('/') + 1)));
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A model that could take the place of one that goes away. */
export interface Successor {
  readonly model: Model;
  /** Above 0: dearer for this user's mix; undefined where there is nothing to compare. */
  readonly percentMore?: number;
}

/** Two models to go on with when `model` goes away: the next of its vendor, and the most like it of another one. */
export function successorsOf(
  model: Model,
  models: readonly Model[],
  mix: UsageMix,
  nowMs: number,
): readonly Successor[] {
  const price = mixedPrice(model.pricing, mix, nowMs);
  const fitting = models.filter(other => canReplace(other, model, mix, nowMs));
  const [ofVendor, ofOthers] = [true, false].map(isOwn =>
    fitting
      .filter(({ id }) => (vendorOf(id) === vendorOf(model.id)) === isOwn)
      .map(other => ({ other, unlike: unlikeness(other, model, mix, nowMs, isOwn) }))
      .sort((a, b) => a.unlike - b.unlike)
      .map(({ other }) => other),
  );
  const chosen = [...(ofVendor?.slice(0, 1) ?? []), ...(ofOthers ?? []), ...(ofVendor?.slice(1) ?? [])];
  return chosen.slice(0, mostNear).map(other => {
    const more = percentMore(price, mixedPrice(other.pricing, mix, nowMs));
    return more === undefined ? { model: other } : { model: other, percentMore: more };
  });
}

/** It stays, answers in text, and can what the other one can. */
function canReplace(other: Model, model: Model, mix: UsageMix, nowMs: number): boolean {
  return (
    other.id !== model.id &&
    other.expirationDate === undefined &&
    answersInText(other) &&
    mixedPrice(other.pricing, mix, nowMs) !== undefined &&
    (other.contextTokens ?? 0) * 2 >= (model.contextTokens ?? 0) &&
    (!takesTools(model) || takesTools(other)) &&
    (!seesImages(model) || seesImages(other))
  );
}

/** By price (how many times as much), index and, within a vendor, name and age. */
function unlikeness(other: Model, model: Model, mix: UsageMix, nowMs: number, isOwn: boolean): number {
  const [price, otherPrice] = [model, other].map(each => Number(mixedPrice(each.pricing, mix, nowMs) ?? 0n));
  const [index, otherIndex] = [model.benchmarks?.codingIndex, other.benchmarks?.codingIndex];
  const times = Math.abs(Math.log2(((otherPrice ?? 0) + 1e11) / ((price ?? 0) + 1e11)));
  const points = index === undefined || otherIndex === undefined ? 10 : Math.abs(index - otherIndex);
  const isOlder = (other.createdAtSeconds ?? 0) < (model.createdAtSeconds ?? 0);
  const name = isOwn ? editDistance(other.id, model.id) / 4 : 0;
  return times + points / 10 + name + (isOlder ? 2 : 0);
}
