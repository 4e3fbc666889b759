import { splitModelId } from '../chat/modelSuffix';
import type { Model } from './model';
import { takesTools } from './modelFilter';

/** A way to ask for a model that its id says. */
export interface ModelVariant {
  readonly id: string;
  /** What it does, as a sentence without its full stop. */
  readonly says: string;
}

/** The suffixes that are offered, in their order. */
const suffixes: readonly (Omit<ModelVariant, 'id'> & {
  readonly suffix: string;
  readonly fits?: (model: Model) => boolean;
})[] = [
  { suffix: 'nitro', says: 'The fastest provider first; it may cost more' },
  { suffix: 'floor', says: 'The cheapest provider first' },
  { suffix: 'exacto', says: 'Providers whose tool calls are the most exact', fits: takesTools },
  { suffix: 'online', says: 'Searches the web for every request, at up to $0.02 more' },
];

/** What can be put behind the id that was typed up to a colon or further; nothing while none is. */
export function variantsOf(models: readonly Model[], typed: string): readonly ModelVariant[] {
  const at = typed.lastIndexOf(':');
  if (at <= 0 || /\s/.test(typed)) return [];
  const [base, begun] = [typed.slice(0, at).toLowerCase(), typed.slice(at + 1).toLowerCase()];
  const model = models.find(({ id }) => id === splitModelId(base).row);
  if (!model) return [];
  const taken = splitModelId(base).routing;
  const ofRouting = suffixes
    .filter(({ suffix, fits }) => !taken.includes(suffix) && (fits?.(model) ?? true))
    .map(({ suffix, says }) => ({ id: `${base}:${suffix}`, says }));
  const ofList = models
    .filter(({ id }) => taken.length === 0 && id.startsWith(`${base}:`))
    .map(({ id, name }) => ({ id, says: name }));
  return [...ofList, ...ofRouting].filter(({ id }) => id.slice(at + 1).startsWith(begun));
}
