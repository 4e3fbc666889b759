import { type Disposable, Emitter, type Event } from '../../core/base/event';
import { knownFields } from '../../core/base/knownFields';
import type { LedgerStore } from '../../core/ledger/ledger';
import type { RowFilter } from '../../core/ledger/ledgerQueries';
import { findModel } from '../../core/models/modelId';
import { LedgerFault, ledgerFaultText } from '../../core/money/ledgerFault';
import { formatPico } from '../../core/money/pico';
import type { WhatIf, WhatIfAction } from '../../core/usage/whatIf/whatIf';
import { whatIfNotes } from '../../core/usage/whatIf/whatIfNotes';
import type { WhatIfChoice, WhatIfFigures, WhatIfRow, WhatIfState } from '../../protocol/whatIfState';
import type { Trial } from '../compare/compareCommands';
import type { ModelList } from '../models/modelList';
import type { UsedModels } from '../models/usedModels';
import type { SettingsReader } from '../ports/settingsReader';
import { readWhatIf, type WhatIfAnswer, type WhatIfSources } from './whatIfReading';

/** Rows change often while requests run; the figures follow at most this often. */
const refreshMs = 1000;

/** What the period that the usage page shows would have cost elsewhere. Nothing is read before somebody chooses. */
export class WhatIfView implements Disposable {
  private state: WhatIfState = { offered: [], isReading: false };
  private reading: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly changes = new Emitter<WhatIfState>();
  private readonly subscription: Disposable;
  readonly onDidChange: Event<WhatIfState> = this.changes.event;

  constructor(
    store: Pick<LedgerStore, 'onDidChange'>,
    private readonly sources: Omit<WhatIfSources, 'models'>,
    private readonly models: Pick<ModelList, 'cached' | 'keepFresh'>,
    private readonly used: Pick<UsedModels, 'recent'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    /** What the page's list shows. */
    private readonly filter: () => RowFilter,
    /** For surprises; faults of the ledger's file are shown in the page. */
    private readonly onError: (error: unknown) => void,
  ) {
    this.subscription = store.onDidChange(() => this.note());
  }

  /** What "try it" of `action` compares; undefined when there is nothing to compare. */
  trialOf(action: string): Pick<Trial, 'models' | 'otherTier'> | undefined {
    const { models, otherTier } = this.state.result?.rows.find(row => row.action === action) ?? {};
    return models && { models, ...knownFields({ otherTier }) };
  }

  /** The page is there and knows nothing yet. */
  async greet(): Promise<void> {
    const recent = await this.used.recent();
    const offered = [...new Set([...this.settings.current.favouriteModels, ...recent])];
    this.show({ ...this.state, offered });
    await this.read();
  }

  /** The page is gone or hidden. */
  pause(): void {
    this.reading?.abort();
    this.reading = undefined;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  async choose({ model, route }: WhatIfChoice): Promise<void> {
    const offered =
      model === undefined || this.state.offered.includes(model)
        ? this.state.offered
        : [model, ...this.state.offered];
    this.state = { ...this.state, offered, choice: { model, route } };
    await this.read();
  }

  /** Reads anew: the period, or what the list is narrowed to, is another one. */
  async read(): Promise<void> {
    const { choice } = this.state;
    this.pause();
    if (!choice) return;
    const reading = new AbortController();
    this.reading = reading;
    this.show({ ...this.state, reason: undefined, isReading: true });
    const ended = await this.endOf(choice, reading.signal);
    if (reading.signal.aborted) return;
    this.reading = undefined;
    if (ended) this.show({ offered: this.state.offered, choice, isReading: false, ...ended });
  }

  dispose(): void {
    this.pause();
    this.subscription.dispose();
    this.changes.dispose();
  }

  private note(): void {
    if (!this.state.result || this.reading) return;
    this.timer ??= setTimeout(() => void this.read(), refreshMs);
  }

  private show(state: WhatIfState): void {
    this.state = state;
    this.changes.fire(state);
  }

  private async endOf(
    choice: WhatIfChoice,
    signal: AbortSignal,
  ): Promise<Pick<WhatIfState, 'reason' | 'result'> | undefined> {
    try {
      await this.models.keepFresh();
      const { models } = (await this.models.cached()) ?? {};
      if (!models) return { reason: 'The list of models, which has the prices, cannot be read now.' };
      const answer = await readWhatIf({ ...this.sources, models }, this.filter(), choice, signal);
      if ('reason' in answer) return answer;
      const idOf = (name: string) => findModel(models, name)?.id ?? name;
      return { result: toResult(answer, choice, idOf) };
    } catch (error) {
      if (error instanceof LedgerFault) return { reason: ledgerFaultText(error) };
      this.onError(error);
      return { reason: 'The figures could not be worked out. The log says why.' };
    }
  }
}

function toResult(
  answer: WhatIfAnswer,
  choice: WhatIfChoice,
  idOf: (name: string) => string,
): WhatIfState['result'] {
  const { actions, total, isFree, target } = answer;
  return {
    // A free model has its price on no tier.
    rows: actions.map(action => toRow(action, target?.id, isFree ? 'listed' : choice.route, idOf)),
    total: toFigures(total),
    isFree,
    notes: whatIfNotes({ ...answer, target: target?.id, route: choice.route }),
  };
}

function toRow(
  action: WhatIfAction,
  target: string | undefined,
  route: WhatIfChoice['route'],
  idOf: (name: string) => string,
): WhatIfRow {
  const used = idOf(action.mostUsed);
  // Of one model on two tiers the answers are the same.
  const other = route === 'floor' ? `${target ?? used}:floor` : (target ?? used);
  const models = used === other ? undefined : ([used, other] as const);
  return {
    action: action.action,
    ...toFigures(action),
    ...(models && { models, ...(route === 'flex' && { otherTier: 'flex' }) }),
  };
}

function toFigures({ requests, costPico, would }: WhatIf['total']): WhatIfFigures {
  return {
    requests,
    costUsd: formatPico(costPico),
    lowUsd: formatPico(would.low),
    likelyUsd: formatPico(would.likely),
    highUsd: formatPico(would.high),
    differenceUsd: formatPico(would.likely - costPico),
  };
}
