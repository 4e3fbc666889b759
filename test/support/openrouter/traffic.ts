import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FailureKind, ReachedLimit } from '../../../src/core/chat/failure';
import { findTraffic } from '../simulator/replay/findTraffic';
import { type Recording, Traffic } from '../simulator/replay/traffic';

export type { Recording };

export interface TrafficSource {
  readonly name: 'twins' | 'recordings';
  readonly traffic: Traffic;
}

/** Written by hand, one for each shape that was ever recorded; every clone has them. */
export const twins: TrafficSource = { name: 'twins', traffic: new Traffic('test/fixtures/twins') };

const recordedFolder = findTraffic();

/** Real exchanges; not part of the repository. `undefined` where they are not on this machine. */
export const recordings: TrafficSource | undefined =
  recordedFolder === undefined ? undefined : { name: 'recordings', traffic: new Traffic(recordedFolder) };

export const trafficSources: readonly TrafficSource[] = recordings ? [twins, recordings] : [twins];

export interface ExpectedFailure {
  readonly kind: FailureKind;
  readonly httpStatus?: number;
  readonly provider?: string;
  readonly limit?: ReachedLimit;
  /** A part of what the user is told, or its beginning; absent: nothing. */
  readonly detail?: RegExp | string;
}

/** What a twin says, in short. */
export interface ExpectedAnswer {
  readonly text: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly (readonly [name: string, args: string])[];
  readonly citedUrls?: readonly string[];
  readonly imageCount?: number;
  readonly finishReason: string;
  /** Of the prompt and of the answer. */
  readonly tokens?: readonly [number, number];
  readonly costUsd?: string;
}

/** What must come of each twin, by its name; kinds that are neither answer nor failure have no entry. */
export function expectationsOfTwins(): Readonly<
  Record<string, ExpectedAnswer | { readonly failure: ExpectedFailure }>
> {
  return JSON.parse(readFileSync(join(twins.traffic.folder, 'expected.json'), 'utf8'));
}
