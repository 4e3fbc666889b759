import { isDeepStrictEqual } from 'node:util';
import type { Page } from 'playwright-core';
import { until } from './until';

/** VS Code saves every five seconds, but only when it is idle: on a busy machine that can take long. */
const saveTimeoutMs = 45_000;

/**
 * Waits until the open editors are saved, and in each group the one in front. In a browser VS Code saves its state
 * every few seconds and not on leaving. An editor that its extension cannot restore is never saved: then the wait
 * just ends.
 */
export async function waitUntilSaved(page: Page): Promise<void> {
  const isSaved = async (): Promise<boolean> =>
    isDeepStrictEqual(await readSavedGroups(page), await readShownGroups(page));
  await until('', isSaved, saveTimeoutMs).catch(() => false);
}

interface GridNode {
  readonly type: 'branch' | 'leaf';
  /** Children of a branch; a leaf is one group of editors. */
  readonly data: readonly GridNode[] | SavedGroup;
}

interface SavedGroup {
  readonly editors?: readonly unknown[];
  /** Places of the editors, the one in front first. */
  readonly mru?: readonly number[];
}

interface Group {
  readonly count: number;
  /** Place of the editor in front. */
  readonly front: number;
}

/** Groups that can be compared, in any order. One without editors is shown and not always saved. */
const describe = (groups: readonly Group[]): readonly string[] =>
  groups
    .filter(({ count }) => count > 0)
    .map(({ count, front }) => `${count} editors, in front ${front}`)
    .sort();

async function readShownGroups(page: Page): Promise<readonly string[]> {
  const groups = await page.locator('.editor-group-container').evaluateAll(all =>
    all.map(group => {
      const tabs = [...group.querySelectorAll('.tabs-container .tab')];
      return { count: tabs.length, front: tabs.findIndex(tab => tab.classList.contains('active')) };
    }),
  );
  return describe(groups);
}

async function readSavedGroups(page: Page): Promise<readonly string[]> {
  const saved = await page.evaluate(readEditorState);
  if (saved === undefined) return [];
  const state = JSON.parse(saved) as { 'editorpart.state'?: { serializedGrid?: { root: GridNode } } };
  const root = state['editorpart.state']?.serializedGrid?.root;
  const groups = root ? listGroups(root) : [];
  return describe(
    groups.map(({ editors = [], mru = [] }) => ({ count: editors.length, front: mru[0] ?? -1 })),
  );
}

const listGroups = ({ data }: GridNode): readonly SavedGroup[] =>
  isBranch(data) ? data.flatMap(listGroups) : [data];

const isBranch = (data: GridNode['data']): data is readonly GridNode[] => Array.isArray(data);

/** Runs in the page: the part of the window's own database that holds its editors. */
async function readEditorState(): Promise<string | undefined> {
  const isWindow = (name = ''): boolean =>
    name.startsWith('vscode-web-state-db-') && !name.startsWith('vscode-web-state-db-global');
  const name = (await indexedDB.databases()).find(each => isWindow(each.name))?.name;
  if (name === undefined) return undefined;
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result
        .transaction('ItemTable')
        .objectStore('ItemTable')
        .get('memento/workbench.parts.editor');
      reading.onerror = () => reject(reading.error);
      reading.onsuccess = () => {
        opening.result.close();
        resolve(reading.result);
      };
    };
  });
}
