import type { ArenaScore, ModelBenchmarks, ModelReasoning } from '../../core/models/model';
import { compact, isRecord, toBoolean, toCount, toList, toRecord, toText, toTexts } from './json';

/** No model has more efforts, arenas or parameters; what comes after them is not read. */
const mostEntries = 100;
const longestWord = 100;

/** Undefined for a model that does not reason. */
export function toReasoning(value: unknown): ModelReasoning | undefined {
  if (!isRecord(value)) return undefined;
  return compact({
    isMandatory: value.mandatory === true,
    isDefaultOn: toBoolean(value.default_enabled),
    efforts: toEfforts(value.supported_efforts),
    defaultEffort: toText(value.default_effort)?.slice(0, longestWord),
    takesMaxTokens: toBoolean(value.supports_max_tokens),
  });
}

/** On the wire null means that any goes, and absent that none can be chosen. */
function toEfforts(value: unknown): ModelReasoning['efforts'] {
  if (value === null) return 'any';
  if (!Array.isArray(value)) return undefined;
  return toTexts(value.slice(0, mostEntries)).map(effort => effort.slice(0, longestWord));
}

/** The parameters that have a number; undefined when none has. */
export function toDefaultParameters(value: unknown): Readonly<Record<string, number>> | undefined {
  const entries = Object.entries(toRecord(value))
    .slice(0, mostEntries)
    .filter((entry): entry is [string, number] => isNumber(entry[1]));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** Undefined when nothing is known. */
export function toBenchmarks(value: unknown): ModelBenchmarks | undefined {
  const { artificial_analysis, design_arena } = toRecord(value);
  const indices = toRecord(artificial_analysis);
  const scores = toList(design_arena).slice(0, mostEntries).map(toArenaScore);
  const designArena = scores.filter(score => score !== undefined);
  const benchmarks: ModelBenchmarks = compact({
    intelligenceIndex: toNumber(indices.intelligence_index),
    codingIndex: toNumber(indices.coding_index),
    agenticIndex: toNumber(indices.agentic_index),
    designArena: designArena.length > 0 ? designArena : undefined,
  });
  return Object.keys(benchmarks).length > 0 ? benchmarks : undefined;
}

function toArenaScore(value: unknown): ArenaScore | undefined {
  const { arena, category, elo, win_rate, rank } = toRecord(value);
  const [arenaName, categoryName, rating] = [toText(arena), toText(category), toNumber(elo)];
  if (arenaName === undefined || categoryName === undefined || rating === undefined) return undefined;
  return compact({
    arena: arenaName.slice(0, longestWord),
    category: categoryName.slice(0, longestWord),
    elo: rating,
    winRate: toNumber(win_rate),
    rank: toCount(rank),
  });
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

const toNumber = (value: unknown): number | undefined => (isNumber(value) ? value : undefined);
