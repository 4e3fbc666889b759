import { type Pico, parsePico } from './pico';

/**
 * What a limit in the settings says: an amount in USD, as a number or as text; `undefined` when none is set;
 * `unusable` when something is, but no amount. A settings file can hold anything.
 */
export function parseLimit(value: unknown): Pico | 'unusable' | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const pico = typeof value === 'number' || typeof value === 'string' ? parsePico(String(value)) : undefined;
  return pico !== undefined && pico >= 0n ? pico : 'unusable';
}
