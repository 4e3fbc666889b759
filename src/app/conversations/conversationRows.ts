import { countText, formatCount } from '../../core/base/formatCount';
import { plain, say } from '../../core/base/plainText';
import type {
  ConversationCost,
  ConversationPage,
  ConversationSummary,
} from '../../core/chat/conversationHistory';
import { addDays, dayText } from '../../core/ledger/localDays';
import { compactUsd } from '../../core/money/pico';
import type { PickItem } from '../ports/dialogs';

/** A row of the list of conversations. */
export interface ConversationRow extends PickItem {
  /** Undefined: the row that asks for more. */
  readonly conversation?: ConversationSummary;
}

/** The rows of a page, and one that asks for more when there are more. */
export function toConversationRows(
  { rows, total }: ConversationPage,
  nowMs: number,
): readonly ConversationRow[] {
  const more = total - rows.length;
  return [
    ...rows.map(row => toRow(row, nowMs)),
    ...(more > 0
      ? [
          {
            label: say`$(ellipsis) ${formatCount(more)} older`,
            detail: say`Type to search all, or press Enter to list more`,
          },
        ]
      : []),
  ];
}

function toRow(conversation: ConversationSummary, nowMs: number): ConversationRow {
  const { title, isPinned, changedAtMs, turns, cost, workspace, found } = conversation;
  const facts = [whenText(changedAtMs, nowMs), countText(turns, 'turn'), costText(cost), workspace];
  return {
    label: isPinned ? say`$(pinned) ${title}` : plain(title),
    description: plain(facts.filter(Boolean).join(' · ')),
    detail: found ? plain(found) : undefined,
    conversation,
  };
}

/** `today 14:05`, `yesterday 14:05`, `2026-03-01`. */
function whenText(ms: number, nowMs: number): string {
  const day = dayText(ms);
  const time = new Date(ms).toTimeString().slice(0, 5);
  if (day === dayText(nowMs)) return `today ${time}`;
  return day === dayText(addDays(nowMs, -1)) ? `yesterday ${time}` : day;
}

/** Costs that are not known are never shown as 0. */
function costText({ knownPico, isComplete }: ConversationCost): string {
  if (isComplete) return compactUsd(knownPico);
  return knownPico > 0n ? `at least ${compactUsd(knownPico)}` : 'cost not known';
}
