import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toConversationRows } from '../../../src/app/conversations/conversationRows';
import type { ConversationHistory } from '../../../src/core/chat/conversationHistory';
import { SqliteConversations } from '../../../src/storage/conversations/sqliteConversations';
import { makeDraft, makeTalk } from '../../support/conversations';
import type { Bench } from '../bench';
import { limitRow, times, toldRow } from '../samples';

const conversationCount = 10_000;
const turnsEach = 4;
const openLimitMs = 150;
/** As many as the list shows at first, and as a search does. */
const [shownRows, foundRows] = [200, 50];
const longTurns = 500;

/** The history with 10,000 conversations: what the list reads, what a search reads, and keeping one more. */
export const history: Bench = {
  name: 'history',
  async run({ repetitions }) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));
    try {
      await fill(folder);
      const opened = await times(repetitions, () => withHistory(folder, each => readRows(each, '')));
      const searches = (typed: string) =>
        withHistory(folder, each => times(repetitions, () => readRows(each, typed)));
      const [rare, common, letter] = [
        await searches(wordOf(12_345)),
        await searches('be ma'),
        await searches('a'),
      ];
      const saves = await withHistory(folder, each => saveTimes(each, repetitions, turnsEach));
      const longSaves = await withHistory(folder, each => saveTimes(each, repetitions, longTurns));
      const oldSaves = await withHistory(folder, each => goOnTimes(each, repetitions));
      return [
        limitRow('10,000 conversations: open the file and read the list', opened, openLimitMs),
        toldRow('10,000 conversations: search a word few have', rare),
        toldRow('10,000 conversations: search two beginnings of many words', common),
        toldRow('10,000 conversations: search a letter that begins a word in each', letter),
        toldRow('10,000 conversations: keep one of 4 turns', saves),
        toldRow('10,000 conversations: keep one of 500 turns', longSaves),
        toldRow('10,000 conversations: keep an old one with a further turn', oldSaves),
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function fill(folder: string): Promise<void> {
  await withHistory(folder, async each => {
    for (let index = 0; index < conversationCount; index++)
      await each.save(draft(`c${index}`, index, turnsEach));
  });
}

async function withHistory<T>(
  folder: string,
  work: (history: ConversationHistory) => Promise<T>,
): Promise<T> {
  const each = new SqliteConversations(folder, { patienceMs: 60_000 });
  try {
    return await work(each);
  } finally {
    each.dispose();
  }
}

async function readRows(each: ConversationHistory, typed: string): Promise<void> {
  const rows = toConversationRows(await each.search(typed, typed === '' ? shownRows : foundRows), Date.now());
  if (rows.length === 0) throw new Error(`“${typed}” was not found: there was nothing to measure.`);
}

/** How long it takes to keep a conversation each time its last answer has changed. */
async function saveTimes(
  each: ConversationHistory,
  count: number,
  turns: number,
): Promise<readonly number[]> {
  let seed = 0;
  return times(count, async () => {
    seed += 1;
    await each.save(draft('mine', seed, turns));
  });
}

/** How long it takes to keep a conversation that was written long ago, each time another one. */
async function goOnTimes(each: ConversationHistory, count: number): Promise<readonly number[]> {
  let index = 0;
  return times(count, async () => {
    index += Math.floor(conversationCount / (count + 1));
    const { conversation } = draft(`c${index}`, index, turnsEach);
    const further = makeTalk(`more-${index}`, words(index, 20), words(index * 3, 300));
    await each.save(makeDraft({ ...conversation, turns: [...conversation.turns, further] }));
  });
}

function draft(id: string, seed: number, turns: number) {
  const startedAtMs = 1_760_000_000_000 + seed * 60_000;
  return makeDraft({
    id,
    turns: Array.from({ length: turns }, (_, index) =>
      makeTalk(`${id}-${index}`, words(seed + index, 20), words(seed * 7 + index, 300), { startedAtMs }),
    ),
  });
}

/** Words as unevenly spread as those of a language; the same for the same seed. */
function words(seed: number, count: number): string {
  let state = seed + 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return wordOf(Math.floor((state / 2_147_483_647) ** 3 * 20_000));
  }).join(' ');
}

/** A word of two to four syllables; each number has its own. */
function wordOf(rank: number): string {
  const consonants = 'bdfgklmnprst';
  const vowels = 'aeiou';
  let [rest, word] = [rank, rank % 7 === 0 ? 'a' : ''];
  do {
    word += `${consonants[rest % 12]}${vowels[Math.floor(rest / 12) % 5]}`;
    rest = Math.floor(rest / 60);
  } while (rest > 0);
  return word;
}
