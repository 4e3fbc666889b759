import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { AnswerCaps } from '../../../src/app/ask/answerCap';
import { Asker } from '../../../src/app/ask/asker';
import { AskSession } from '../../../src/app/ask/askSession';
import { createDraftEstimate } from '../../../src/app/ask/composerEstimate';
import { PriceBounds } from '../../../src/app/ask/priceBounds';
import { PromptCaching } from '../../../src/app/ask/promptCaching';
import { RequestPreparation } from '../../../src/app/ask/requestPreparation';
import { SecretMasking } from '../../../src/app/ask/secretMasking';
import { SentRequests } from '../../../src/app/ask/sentRequests';
import { ContextPage } from '../../../src/app/context/contextPage';
import type { KeptConversation } from '../../../src/app/conversations/keptConversation';
import { EndpointPrices } from '../../../src/app/models/endpointPrices';
import { ModelList } from '../../../src/app/models/modelList';
import { Estimates } from '../../../src/app/usage/estimates';
import type { Turn } from '../../../src/core/chat/conversation';
import { lastAnswered } from '../../../src/core/chat/history';
import { succeed } from '../../../src/core/chat/result';
import { SecretVault } from '../../../src/core/prompts/masking/secretVault';
import { openRouter } from '../../../src/openrouter/openRouter';
import type { ComposerState } from '../../../src/protocol/answerMessages';
import { FakeSettings } from '../fakeSettings';
import { createMemoryLedgerParts } from '../ledger/memoryLedger';
import { ScriptedUser } from '../pageHarness/scriptedUser';
import type { Simulator } from '../simulator';
import { toCatalogueModel } from '../simulator/catalogue/row';
import { ContextParts } from './contextParts';

const row = (id: string, changes: Partial<Parameters<typeof toCatalogueModel>[0]>) =>
  toCatalogueModel({
    ...{ id, name: id, created: 1767225600, about: 'For tests.', context: 100_000, maxOutput: 8000 },
    ...{
      pricing: { prompt: '0.000001', completion: '0.000002' },
      tokenizer: 'GPT',
      providers: ['DeepInfra'],
    },
    ...changes,
  });

/** One that reads images and charges each of them, one that reads none, and a small one. */
export const contextModels = [
  row('vendor/eyes', {
    inputs: ['text', 'image'],
    pricing: { prompt: '0.000001', completion: '0.000002', image: '0.004' },
  }),
  row('vendor/blind', {}),
  row('vendor/small', { context: 3000, maxOutput: 500 }),
];

const noCache = { of: async () => [] };

/** A window with everything between a chip and the wire as it is built in the product; only VS Code is played. */
export class ContextWorld {
  readonly settings = new FakeSettings({ parameters: { model: 'vendor/eyes', maxTokens: 400 } });
  readonly user = new ScriptedUser();
  readonly context = new ContextParts(this.user);
  readonly ledger = createMemoryLedgerParts();
  readonly sentRequests: SentRequests;
  /** What the window before this one has left. */
  kept: KeptConversation | undefined;
  readonly session: AskSession;
  readonly page: ContextPage;
  private readonly models: ModelList;
  private readonly masking = new SecretMasking(new SecretVault('7F3A9C2E'), this.settings, this.user);

  constructor(private readonly simulator: Simulator) {
    const report = (error: unknown): never => assert.fail(String(error));
    const { settings, user, masking } = this;
    const { store, queries } = this.ledger;
    const endpoint = this.endpoint();
    const endpoints = { current: async () => succeed(endpoint), baseUrl: simulator.url };
    const cache = { read: async () => undefined, write: async () => undefined };
    this.models = new ModelList(endpoints, openRouter, cache, { error: report, info: () => undefined });
    const estimates = new Estimates(store, queries, this.models, { error: report });
    const endpointPrices = new EndpointPrices(endpoints, openRouter);
    const bounds = new PriceBounds(endpointPrices);
    this.sentRequests = new SentRequests(messages => masking.masked(messages));
    const chat = async () => succeed({ origin: simulator.origin, client: await openRouter.chat(endpoint) });
    const asker = new Asker(
      masking.restoring({ chat }),
      masking.recording(store),
      settings,
      this.models,
      bounds,
      (id, request) => this.sentRequests.remember(id, request),
    );
    const workbench = { workspaceName: 'shop', openSetting: async () => undefined };
    const caps = new AnswerCaps(endpointPrices);
    const preparation = new RequestPreparation({
      estimates,
      models: this.models,
      settings,
      dialogs: user,
      workbench,
      bounds,
      caps,
    });
    const caching = new PromptCaching(noCache, estimates, this.models, settings);
    this.session = new AskSession({
      asker,
      preparation: masking.before(preparation),
      store: { read: async () => this.kept },
      models: this.models,
      settings,
      workbench,
      keyWays: { offer: async () => false },
      estimateDraft: createDraftEstimate(estimates, this.models, settings, caching),
      newId: monotonicFactory(),
      onError: report,
      context: this.context.list,
    });
    const saving = { save: async () => undefined };
    const parts = { ...this.context.shared, saving };
    this.page = new ContextPage(this.session, parts, async () => false, settings, user);
  }

  /** The list of models is there. */
  async start(): Promise<void> {
    await this.models.refresh(new AbortController().signal);
  }

  get turns(): readonly Turn[] {
    return this.session.conversation.turns;
  }

  get lastTurn(): Turn {
    const turn = this.turns.at(-1);
    assert.ok(turn);
    return turn;
  }

  /** Sends `prompt` as the panel does; false when it was refused. */
  async send(prompt: string): Promise<boolean> {
    const added = await this.page.take(prompt);
    if (!added) return false;
    const follows = lastAnswered(this.session.conversation)?.id;
    await this.session.ask({ title: prompt, action: 'ask', origin: 'panel', prompt, added, follows });
    return true;
  }

  /** What the composer says once `isSo` holds of it. */
  composer(isSo: (state: ComposerState) => boolean): Promise<ComposerState> {
    return new Promise(resolve => {
      const look = (): void => {
        const state = this.session.composer;
        if (!isSo(state)) return;
        subscription.dispose();
        resolve(state);
      };
      const subscription = this.session.onDidChange(look);
      look();
    });
  }

  /** Messages of the last request as they came over the wire. */
  get wire(): readonly { readonly role: string; readonly content: unknown }[] {
    const { body } =
      this.simulator.requests.filter(({ path }) => path.endsWith('/chat/completions')).at(-1) ?? {};
    return (body as { messages: { role: string; content: unknown }[] }).messages;
  }

  dispose(): void {
    this.session.dispose();
    this.models.dispose();
    this.ledger.store.dispose();
  }

  private endpoint() {
    return {
      baseUrl: this.simulator.url,
      origin: this.simulator.origin,
      apiKey: 'sk-or-v1-uncapped-context',
      attribution: { referer: '', title: '' },
      noBytesMs: 60_000,
      noDataMs: 60_000,
    };
  }
}
