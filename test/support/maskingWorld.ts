import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';
import { Asker } from '../../src/app/ask/asker';
import { AskSession } from '../../src/app/ask/askSession';
import { RawResponses } from '../../src/app/ask/rawResponses';
import { SecretMasking } from '../../src/app/ask/secretMasking';
import type { TextToRead } from '../../src/app/ports/editors';
import type { Endpoint } from '../../src/core/chat/endpoint';
import { succeed } from '../../src/core/chat/result';
import { SecretVault } from '../../src/core/prompts/masking/secretVault';
import { openRouter } from '../../src/openrouter/openRouter';
import { FakeSettings } from './fakeSettings';
import { createMemoryLedger } from './ledger/memoryLedger';
import type { Simulator } from './simulator';
import { FakeDialogs } from './usage/fakeDialogs';

/** A window's session in front of a simulator, with the masking that stands between them. */
export class MaskingWorld {
  readonly settings = new FakeSettings({ parameters: { model: 'openai/gpt-4o-mini', maxTokens: 4000 } });
  readonly dialogs = new FakeDialogs();
  readonly ledger = createMemoryLedger();
  readonly masking = new SecretMasking(new SecretVault('7F3A9C2E'), this.settings, this.dialogs);
  readonly session: AskSession;
  readonly endpoint: Endpoint;
  /** Texts that were opened to be read. */
  readonly opened: TextToRead[] = [];
  readonly responses = new RawResponses(
    this.masking,
    { openToRead: async text => void this.opened.push(text) },
    this.dialogs,
  );

  constructor(simulator: Simulator) {
    this.endpoint = {
      baseUrl: simulator.url,
      origin: simulator.origin,
      apiKey: 'sk-or-v1-uncapped-masking',
      attribution: { referer: '', title: '' },
      noBytesMs: 5000,
      noDataMs: 5000,
    };
    const chat = async () =>
      succeed({ origin: simulator.origin, client: await openRouter.chat(this.endpoint) });
    const asker = new Asker(
      this.masking.restoring({ chat }),
      this.masking.recording(this.ledger),
      this.settings,
      { findPricing: async () => undefined },
      undefined,
      undefined,
      (rowId, response) => this.responses.remember(rowId, response),
    );
    this.session = new AskSession({
      asker,
      preparation: this.masking.before({
        prepare: async request => request,
        priceOnly: async () => assert.fail('nothing is compared'),
      }),
      store: { read: async () => undefined },
      models: {
        peek: () => undefined,
        keepFresh: async () => undefined,
        onDidChange: () => ({ dispose: () => undefined }),
      },
      settings: this.settings,
      workbench: { workspaceName: 'shop' },
      keyWays: { offer: async () => false },
      estimateDraft: async () => undefined,
      newId: monotonicFactory(),
      onError: error => assert.fail(String(error)),
    });
  }

  get turns() {
    return this.session.conversation.turns;
  }
}
