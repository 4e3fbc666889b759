import assert from 'node:assert/strict';
import { OpenInOpenRouter } from '../../../src/app/account/openInOpenRouter';
import type { Refusal } from '../../../src/app/apply/changeProposals';
import { AnswerPageHandler } from '../../../src/app/ask/answerPageHandler';
import { ContinueCommands } from '../../../src/app/ask/continueCommands';
import { ContextPage } from '../../../src/app/context/contextPage';
import { Passports } from '../../../src/app/passport/passports';
import type { Inserted } from '../../../src/app/ports/editors';
import { CostExplanations } from '../../../src/app/usage/costExplanations';
import { Emitter } from '../../../src/core/base/event';
import {
  type FromAnswerPage,
  isFromAnswerPage,
  type ToAnswerPage,
} from '../../../src/protocol/answerMessages';
import { AnswerPanel } from '../../../src/vscode/views/answerPanel';
import { AskWorld } from '../askWorld';
import { createMemoryLedgerParts } from '../ledger/memoryLedger';
import type { BrowserPanel } from './browserPanel';
import { extensionUri, PageHarness } from './pageHarness';

/** The answer page in a browser, in the product's own panel, with a session behind it whose models the test plays. */
export class LiveAnswerPage {
  readonly world = new AskWorld();
  readonly user = this.world.user;
  /** What was to be done outside the page, in order. */
  readonly done: string[] = [];
  /** Errors of the host side. */
  readonly hostTroubles: unknown[] = [];
  /** What the turns have cost. */
  readonly ledger = createMemoryLedgerParts();
  private readonly explanations = new CostExplanations(
    this.ledger.store,
    this.ledger.queries,
    async () => undefined,
  );
  private readonly passports = new Passports(this.world.session, this.ledger.store, {
    of: async () => undefined,
  });
  /** An answer cannot be applied. */
  readonly refused = new Emitter<Refusal>();
  readonly panel = new AnswerPanel({
    extensionUri,
    session: this.world.session,
    keyPresence: { hasKey: true, onDidChange: () => ({ dispose: () => undefined }) },
    handler: new AnswerPageHandler(this.world.session, {
      failureActions: { run: async action => void this.done.push(`run ${action}`) },
      continuing: new ContinueCommands(this.world.session, this.user),
      models: {
        choose: async () => {
          this.done.push('choose a model');
          return true;
        },
        details: { show: async id => void this.done.push(`show ${id}`) },
      },
      dialogs: this.user,
      editors: { insert: async text => this.insert(text) },
      changes: {
        proposals: { propose: async turnId => void this.done.push(`replace ${turnId}`) },
        files: { open: async text => void this.done.push(`open ${text}`) },
      },
      workbench: { runCommand: async id => void this.done.push(id) },
      log: { warn: message => this.hostTroubles.push(message) },
      costs: {
        explanations: this.explanations,
        openRouterLog: new OpenInOpenRouter(
          this.ledger.store,
          { get: async () => 'sk-or-v1-page' },
          this.user,
        ),
      },
      wire: {
        copies: { copy: async (turn, format) => void this.done.push(`copy ${turn.id} as ${format}`) },
        responses: { show: async turn => void this.done.push(`response to ${turn.id}`) },
      },
      compare: {
        comparing: {
          askTyped: async text => void this.done.push(`compare ${text}`),
          keep: async turn => this.world.session.choose(turn, 'keep'),
        },
        rerunning: { choose: async turn => void this.done.push(`rerun ${turn.id}`) },
      },
      privacy: { passports: this.passports, routing: { open: async () => void this.done.push('routing') } },
      parameters: {
        lookUp: async model => void this.done.push(`look up ${model}`),
        set: async (model, name, value) => void this.done.push(`set ${model} ${name} ${value}`),
        reset: async model => void this.done.push(`reset ${model}`),
      },
      context: new ContextPage(
        this.world.session,
        {
          ...this.world.context.shared,
          saving: { save: async (turn, index) => void this.done.push(`save image ${index} of ${turn.id}`) },
        },
        async order => {
          this.done.push(`choose a model: ${order}`);
          return true;
        },
        this.world.settings,
        this.user,
      ),
    }),
    explanations: this.explanations,
    passports: this.passports,
    context: this.world.context,
    changes: { onDidRefuse: this.refused.event },
    dialogs: { warn: async () => assert.fail('the page is there') },
    onError: error => this.hostTroubles.push(error),
  });
  private opened: PageHarness<ToAnswerPage, FromAnswerPage> | undefined;

  get harness(): PageHarness<ToAnswerPage, FromAnswerPage> {
    if (!this.opened) throw new Error('The page is not open yet.');
    return this.opened;
  }

  /** `meanwhile` happens while the page is being loaded. */
  async open(meanwhile: (panel: BrowserPanel) => void = () => {}): Promise<void> {
    this.opened = await PageHarness.open<ToAnswerPage, FromAnswerPage>(
      {
        isFromPage: isFromAnswerPage,
        fill: panel => {
          this.panel.adopt(panel);
          meanwhile(panel);
        },
      },
      {},
    );
    await this.opened.untilTold(({ type }) => type === 'state');
  }

  async close(): Promise<void> {
    this.panel.dispose();
    this.explanations.dispose();
    this.world.session.dispose();
    await this.harness.close();
  }

  private insert(text: string): Inserted {
    this.done.push(`insert ${text}`);
    return { ok: true };
  }
}
