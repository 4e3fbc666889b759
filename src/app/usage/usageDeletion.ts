import { countText } from '../../core/base/formatCount';
import { joinPlain, type PlainText, paragraphs, plain, say } from '../../core/base/plainText';
import type { LedgerQueries } from '../../core/ledger/ledgerQueries';
import { addDays, dayText, parseDay } from '../../core/ledger/localDays';
import type { Period } from '../../core/ledger/period';
import type { Dialogs, PickItem } from '../ports/dialogs';

interface AgeItem extends PickItem {
  /** `undefined`: the user types a day. */
  readonly period?: Period;
}

const ages = [30, 90, 365];

/** Removes rows of the ledger for good, after showing how many and asking once more. */
export class UsageDeletion {
  constructor(
    private readonly queries: LedgerQueries,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'input' | 'confirm' | 'news' | 'revealFile' | 'warn'>,
    /** Epoch ms. */
    private readonly now: () => number = Date.now,
  ) {}

  async run(): Promise<void> {
    const period = await this.askPeriod();
    if (!period) return;
    const { queries, dialogs } = this;
    const { requests } = await queries.usage(period);
    if (requests === 0) {
      const text = say`The usage history has no requests from ${periodText(period)}.`;
      await dialogs.warn(joinPlain([text, ...(await this.keptFiles())], ' '));
      return;
    }
    if (!(await this.confirm(period, requests))) return;
    const deleted = await queries.deleteRows(period);
    await dialogs.news(say`Deleted ${countText(deleted, 'request')} from the usage history.`);
  }

  private async askPeriod(): Promise<Period | undefined> {
    const item = await this.dialogs.pick<AgeItem>(await this.items(), {
      title: say`Delete Usage History`,
      placeHolder: say`Which requests? Days are your local ones.`,
    });
    return item && (item.period ?? this.askDay());
  }

  private async items(): Promise<readonly AgeItem[]> {
    const older = ages.map(days => ({
      label: say`Older than ${days} days`,
      period: { toMs: addDays(this.now(), -days) },
    }));
    const choices = [...older, { label: say`Everything`, period: {} }];
    const counted = choices.map(async item => {
      const { requests } = await this.queries.usage(item.period);
      return { ...item, description: plain(countText(requests, 'request')) };
    });
    const items: readonly AgeItem[] = await Promise.all(counted);
    return [...items.slice(0, -1), { label: say`Before a day…` }, ...items.slice(-1)];
  }

  private async askDay(): Promise<Period | undefined> {
    const text = await this.dialogs.input({
      title: say`Delete Usage History`,
      prompt: say`Requests before this day are deleted; the day itself is kept`,
      value: dayText(addDays(this.now(), -30)),
      validateInput: value =>
        parseDay(value) === undefined ? say`Write a day such as 2026-03-31.` : undefined,
    });
    return text === undefined ? undefined : { toMs: parseDay(text) };
  }

  private async confirm(period: Period, requests: number): Promise<boolean> {
    const { queries, dialogs } = this;
    const { location } = queries;
    const [confirm, show] = ['Delete', 'Show File'];
    const choice = await dialogs.confirm(
      say`Delete ${countText(requests, 'request')} from the usage history?`,
      paragraphs(
        say`This removes the record of requests from ${periodText(period)} for good. OpenRouter's own records are not touched.`,
        say`Limits on spending no longer count what is deleted. Requests that still run are kept.`,
        location === undefined
          ? say`The history lives in memory only.`
          : say`The history lies in ${location}`,
        ...(await this.keptFiles()),
      ),
      ...(location === undefined ? [confirm] : [confirm, show]),
    );
    if (choice === show && location !== undefined) await dialogs.revealFile(location);
    return choice === confirm;
  }

  private async keptFiles(): Promise<readonly PlainText[]> {
    const names = await this.queries.setAside();
    return names.length === 0
      ? []
      : [
          say`What was damaged and set aside earlier is not touched: ${names.join(', ')}. It lies beside the file.`,
        ];
  }
}

function periodText({ toMs }: Period): string {
  return toMs === undefined ? 'all time' : `before ${dayText(toMs)}`;
}
