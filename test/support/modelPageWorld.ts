import { ModelDetails } from '../../src/app/models/modelDetails';
import { ModelPageHandler } from '../../src/app/models/modelPageHandler';
import { ModelPageView } from '../../src/app/models/modelPageView';
import { ModelUse } from '../../src/app/models/modelUse';
import { ShownEndpoints } from '../../src/app/models/shownEndpoints';
import { Emitter } from '../../src/core/base/event';
import { fail, type Result, succeed } from '../../src/core/chat/result';
import type { CachedModels } from '../../src/core/models/cachedModels';
import type { EndpointFacts } from '../../src/core/models/excludingRules';
import type { Model } from '../../src/core/models/model';
import { findModel } from '../../src/core/models/modelId';
import { type UsageMix, usualMix } from '../../src/core/money/usageMix';
import { FakeSettings } from './fakeSettings';
import { makeModel } from './models';
import { ScriptedUser } from './pageHarness/scriptedUser';

export const hourMs = 3_600_000;
export const nowMs = Date.UTC(2026, 10, 20, 12);

/** A list of models that the test holds in its hand. */
export class FakeModelList {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  /** Undefined: none was ever read. */
  kept: CachedModels | undefined;
  isFreshNow = true;
  /** What the server says when it is asked. */
  answer: Result<readonly Model[]> = fail({ kind: 'network' });
  asked = 0;

  constructor(models?: readonly Model[]) {
    if (models)
      this.kept = { baseUrl: 'https://a.example', fetchedAtMs: nowMs - 3 * hourMs, models: [...models] };
  }

  async cached(): Promise<CachedModels | undefined> {
    return this.kept;
  }

  isFresh(): boolean {
    return this.isFreshNow;
  }

  async refresh(): Promise<Result<readonly Model[]>> {
    this.asked += 1;
    const { answer } = this;
    if (!answer.ok) return answer;
    this.kept = { baseUrl: 'https://a.example', fetchedAtMs: nowMs, models: [...answer.value] };
    this.isFreshNow = true;
    this.changes.fire();
    return answer;
  }

  async findCached(id: string): Promise<Model | undefined> {
    return this.kept && findModel(this.kept.models, id);
  }

  async find(id: string): Promise<Model | undefined> {
    if (!this.kept) await this.refresh();
    return this.findCached(id);
  }
}

/** The page of a model as the product builds it, with everything around it played by the test. */
export class ModelPageWorld {
  readonly settings = new FakeSettings();
  readonly user = new ScriptedUser();
  /** What was done outside: `compare acme/m1`, `routing`, `page`. */
  readonly done: string[] = [];
  readonly lookedUp: string[] = [];
  /** Errors of the host side. */
  readonly troubles: unknown[] = [];
  /** What the server says when it is asked who serves a model. */
  served: Result<readonly EndpointFacts[]> | Promise<Result<readonly EndpointFacts[]>> = succeed([]);
  usedNames: readonly string[] = [];
  mix: UsageMix = usualMix;
  readonly list: FakeModelList;
  readonly view: ModelPageView;
  readonly handler: ModelPageHandler;
  readonly details: ModelDetails;

  constructor(models?: readonly Model[]) {
    const { settings, user, done } = this;
    this.list = new FakeModelList(models);
    const lookup = {
      lookUp: async (id: string) => {
        this.lookedUp.push(id);
        return this.served;
      },
    };
    const sources = {
      models: this.list,
      endpoints: new ShownEndpoints(lookup, settings, () => nowMs),
      badges: {
        atHand: async () => ({ badgesOf: () => ({ isZeroRetention: true, regions: ['eu'] }), presets: [] }),
      },
      used: { all: async () => this.usedNames, mix: async () => this.mix },
      settings,
    };
    this.view = new ModelPageView(
      sources,
      error => this.troubles.push(error),
      () => nowMs,
    );
    const page = { show: () => void done.push('page') };
    this.details = new ModelDetails(this.list, this.view, page, settings, user);
    this.handler = new ModelPageHandler(
      this.view,
      this.details,
      new ModelUse(settings, user),
      {
        compareWith: async model => void done.push(`compare ${model}`),
        compareEndpoints: async (model, tag) => void done.push(`compare ${model} ${tag}`),
      },
      { open: async () => void done.push('routing') },
      settings,
      user,
      { warn: text => void this.troubles.push(text) },
    );
  }
}

/** A model with everything that its page has a place for. */
export const fullModel: Model = makeModel({
  id: 'acme/m1',
  name: 'Acme: M1',
  canonicalSlug: 'acme/m1-20260101',
  createdAtSeconds: 1_767_225_600,
  description: 'Good at sums, after [M0](/acme/m0).\n\nSee https://acme.example/m1.',
  contextTokens: 200_000,
  maxCompletionTokens: 8000,
  pricing: {
    prompt: '0.000003',
    completion: '0.000015',
    inputCacheRead: '0.0000003',
    inputCacheWrite: '0.00000375',
    inputCacheWrite1h: '0.000006',
    internalReasoning: '0.00002',
    image: '0.000003',
    imageOutput: '0.04',
    request: '0.01',
    webSearch: '0.014',
    overrides: [
      { minPromptTokens: 100_000, pricing: { prompt: '0.000006', completion: '0.0000225' } },
      { utcStart: '0100', utcEnd: '0500', utcDays: [1, 2], pricing: { prompt: '0.0000015' } },
      { hasUnknownCondition: true, pricing: { prompt: '0.000009' } },
    ],
  },
  inputModalities: ['text', 'image'],
  supportedParameters: ['temperature', 'max_tokens', 'reasoning', 'tools'],
  defaultParameters: { temperature: 0.7 },
  reasoning: { isMandatory: false, efforts: ['high', 'low'], defaultEffort: 'low' },
  benchmarks: {
    codingIndex: 62.5,
    intelligenceIndex: 58,
    designArena: [{ arena: 'models', category: 'website', elo: 1200, rank: 3 }],
  },
  expirationDate: '2027-01-31',
});

export const sampleEndpoints: readonly EndpointFacts[] = [
  {
    provider: 'Acme Cloud',
    tag: 'acme',
    quantization: 'fp8',
    pricing: fullModel.pricing,
    keepsNothing: true,
    live: { contextTokens: 200_000, uptimePercent: 99.94, latencyMs: 420, tokensPerSecond: 88.4 },
  },
  {
    provider: 'Acme Cloud',
    tag: 'acme/fp4',
    quantization: 'fp4',
    pricing: { prompt: '0.0000015', completion: '0.0000075' },
    keepsNothing: false,
    live: { contextTokens: 128_000, uptimePercent: 91.2, latencyMs: 1900 },
  },
  { provider: 'Nameless', pricing: { prompt: '0', completion: '0' } },
];

/** A list of so many models, `fullModel` among them: every third without an index, every tenth without a price. */
export function sampleModels(count: number): readonly Model[] {
  const others = Array.from({ length: count - 1 }, (_, index) => {
    const price = index % 12 === 0 ? 0 : 10 ** (((index * 37) % 60) / 20 - 7.2);
    const usd = price.toFixed(12);
    const pricing = index % 10 === 9 ? { prompt: '-1', completion: '-1' } : { prompt: usd, completion: usd };
    return makeModel({
      id: `vendor${index % 7}/model-${index}`,
      name: `Vendor ${index % 7}: Model ${index}`,
      pricing,
      ...(index % 3 !== 1 && { benchmarks: { codingIndex: 4 + ((index * 29) % 75) } }),
    });
  });
  return [fullModel, ...others];
}
