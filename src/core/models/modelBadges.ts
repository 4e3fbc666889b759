import * as v from 'valibot';
import type { FieldSchemas } from '../base/fieldSchemas';
import type { Preset } from './model';
import type { OfferedModel } from './modelFilter';

/** Which models of one server can be served how. Plain JSON: it is kept on disk. */
export interface ServedHow {
  readonly baseUrl: string;
  /** Epoch ms. */
  readonly fetchedAtMs: number;
  /** Ids; undefined when the server did not say. */
  readonly zeroRetention?: readonly string[];
  readonly eu?: readonly string[];
  readonly us?: readonly string[];
}

/** What a server lets one account have. */
export interface AccountModels {
  /** Ids; undefined when the server did not say. */
  readonly ids?: readonly string[];
  readonly presets: readonly Preset[];
}

const ids = v.optional(v.array(v.string()));

const servedHow: v.GenericSchema<unknown, ServedHow> = v.object({
  baseUrl: v.string(),
  fetchedAtMs: v.number(),
  zeroRetention: ids,
  eu: ids,
  us: ids,
} satisfies FieldSchemas<ServedHow>);

/** What a file says; undefined when it is damaged or of another version. */
export function parseServedHow(json: string): ServedHow | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), servedHow), json);
  return parsed.success ? parsed.output : undefined;
}

type Badges = Omit<OfferedModel, 'model'>;

/** Tells of a model by its id what is known besides the list; what nobody said stays undefined. */
export function badgesOf(
  served: ServedHow | undefined,
  account: AccountModels | undefined,
): (id: string) => Badges {
  const [zeroRetention, eu, us, own] = [
    served?.zeroRetention,
    served?.eu,
    served?.us,
    // An account that may use nothing at all is one whose list could not be made.
    account?.ids?.length === 0 ? undefined : account?.ids,
  ].map(list => list && new Set(list));
  return id => ({
    isZeroRetention: zeroRetention?.has(id),
    regions: [...(eu?.has(id) ? ['eu'] : []), ...(us?.has(id) ? ['us'] : [])],
    isForAccount: own?.has(id),
  });
}
