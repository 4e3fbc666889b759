import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { addDays, dayText, parseDay } from '../../core/ledger/localDays';
import type { Period } from '../../core/ledger/period';
import type { Dialogs, PickItem } from '../ports';
import { countText } from './countText';

export interface UsageDeletionPorts {
  readonly queries: LedgerQueries;
  readonly dialogs: Pick<Dialogs, 'pick' | 'input' | 'confirm' | 'inform' | 'revealFile'>;
  readonly now: () => number;
}

interface AgeItem extends PickItem {
  /** `undefined`: the user types a day. */
  readonly period?: Period;
}

const ages = [30, 90, 365];

/** Removes rows of the ledger for good, after showing how many and asking once more. */
export class UsageDeletion {
  constructor(private readonly ports: UsageDeletionPorts) {}

  async run(): Promise<void> {
    const period = await this.askPeriod();
    if (!period) return;
    const { queries, dialogs } = this.ports;
    const { requests } = await queries.usage(period);
    if (requests === 0) {
      const text = `The usage history has no requests from ${periodText(period)}.`;
      await dialogs.inform([text, ...(await this.keptFiles())].join(' '));
      return;
    }
    if (!(await this.confirm(period, requests))) return;
    const deleted = await queries.deleteRows(period);
    await dialogs.inform(`Deleted ${countText(deleted, 'request')} from the usage history.`);
  }

  private async askPeriod(): Promise<Period | undefined> {
    const item = await this.ports.dialogs.pick<AgeItem>(await this.items(), {
      title: 'Delete Usage History',
      placeHolder: 'Which requests? Days are your local ones.',
    });
    return item && (item.period ?? this.askDay());
  }

  private async items(): Promise<readonly AgeItem[]> {
    const older = ages.map(days => ({
      label: `Older than ${days} days`,
      period: { toMs: addDays(this.ports.now(), -days) },
    }));
    const choices = [...older, { label: 'Everything', period: {} }];
    const counted = choices.map(async item => {
      const { requests } = await this.ports.queries.usage(item.period);
      return { ...item, description: countText(requests, 'request') };
    });
    const items: readonly AgeItem[] = await Promise.all(counted);
    return [...items.slice(0, -1), { label: 'Before a day…' }, ...items.slice(-1)];
  }

  private async askDay(): Promise<Period | undefined> {
    const text = await this.ports.dialogs.input({
      title: 'Delete Usage History',
      prompt: 'Requests before this day are deleted; the day itself is kept',
      value: dayText(addDays(this.ports.now(), -30)),
      validateInput: value => (parseDay(value) === undefined ? 'Write a day such as 2026-03-31.' : undefined),
    });
    return text === undefined ? undefined : { toMs: parseDay(text) };
  }

  private async confirm(period: Period, requests: number): Promise<boolean> {
    const { queries, dialogs } = this.ports;
    const { location } = queries;
    const [confirm, show] = ['Delete', 'Show File'];
    const choice = await dialogs.confirm(
      `Delete ${countText(requests, 'request')} from the usage history?`,
      [
        `This removes the record of requests from ${periodText(period)} for good. OpenRouter's own records are not touched.`,
        'Limits on spending no longer count what is deleted. Requests that still run are kept.',
        location === undefined ? 'The history lives in memory only.' : `The history lies in ${location}`,
        ...(await this.keptFiles()),
      ].join('\n\n'),
      ...(location === undefined ? [confirm] : [confirm, show]),
    );
    if (choice === show && location !== undefined) await dialogs.revealFile(location);
    return choice === confirm;
  }

  private async keptFiles(): Promise<readonly string[]> {
    const names = await this.ports.queries.setAside();
    return names.length === 0
      ? []
      : [
          `What was damaged and set aside earlier is not touched: ${names.join(', ')}. It lies beside the file.`,
        ];
  }
}

function periodText({ toMs }: Period): string {
  return toMs === undefined ? 'all time' : `before ${dayText(toMs)}`;
}
