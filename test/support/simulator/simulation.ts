import { Emitter } from '../../../src/core/base/event';
import type { KeySettings } from './account/keys';
import { OneTimeCodes } from './account/oauth';
import type { Catalogue } from './catalogue/catalogue';
import { PromptCache } from './chat/promptCache';
import { parseDirectives, type Tries } from './faults/faults';
import type { RecordedRequest } from './http/exchange';
import { Bill } from './money/bill';
import type { Traffic } from './replay/traffic';
import type { Endpoint, SimulatorOptions, Step, StreamEnd } from './simulator';

/** Everything one running simulator knows. */
export class Simulation {
  readonly bill = new Bill();
  readonly requests: RecordedRequest[] = [];
  readonly received = new Emitter<RecordedRequest>();
  readonly streamEnded = new Emitter<StreamEnd>();
  readonly promptCache: PromptCache;
  readonly codes = new OneTimeCodes();
  readonly tries: Tries = new Map();
  /** The endpoint that served a session last. */
  readonly sessionEndpoints = new Map<string, string>();
  /** Settings of exact keys: those given at the start, and those of keys that were made since. */
  readonly keys: Map<string, KeySettings>;
  activeStreams = 0;
  private readonly queue: { readonly endpoint: Endpoint; readonly step: Step }[] = [];

  constructor(
    readonly options: SimulatorOptions,
    readonly catalogue: Catalogue,
    readonly traffic: Traffic | undefined,
  ) {
    this.keys = new Map(Object.entries(options.keys ?? {}));
    this.promptCache = new PromptCache(options.losesPrefix);
  }

  now(): number {
    return (this.options.now ?? Date.now)();
  }

  next(step: Step, endpoint: Endpoint = 'chat'): void {
    const { unknown } = parseDirectives(typeof step === 'string' ? step : '', new Map());
    if (typeof step === 'string' && unknown.length) throw new Error(`Unknown fault: ${unknown.join(', ')}`);
    this.queue.push({ endpoint, step });
  }

  /** The step queued for `endpoint`, at most once. */
  take(endpoint: Endpoint): Step | undefined {
    const index = this.queue.findIndex(entry => entry.endpoint === endpoint);
    return index < 0 ? undefined : this.queue.splice(index, 1)[0]?.step;
  }

  dropSteps(): void {
    this.queue.splice(0);
  }

  endStream(end: StreamEnd): void {
    this.activeStreams--;
    this.streamEnded.fire(end);
  }

  async idle(): Promise<void> {
    while (this.activeStreams > 0) {
      await new Promise<void>(resolve => {
        const subscription = this.streamEnded.event(() => {
          subscription.dispose();
          resolve();
        });
      });
    }
  }
}
