import type { Page } from 'playwright-core';
import { until } from './until';

/** VS Code saves every five seconds, but only when it is idle: on a busy machine that can take long. */
const saveTimeoutMs = 45_000;

/**
 * Waits until all open editors are saved. In a browser VS Code saves its state every few seconds and not on
 * leaving. An editor that its extension cannot restore is never saved: then the wait just ends.
 */
export async function waitUntilSaved(page: Page): Promise<void> {
  const isSaved = async (): Promise<boolean> =>
    (await savedEditorCount(page)) === (await page.locator('.tabs-container .tab').count());
  await until('', isSaved, saveTimeoutMs).catch(() => false);
}

interface GridNode {
  readonly type: 'branch' | 'leaf';
  /** Children of a branch; a leaf is one group of editors. */
  readonly data: readonly GridNode[] | { readonly editors?: readonly unknown[] };
}

async function savedEditorCount(page: Page): Promise<number> {
  const saved = await page.evaluate(readEditorState);
  if (saved === undefined) return 0;
  const state = JSON.parse(saved) as { 'editorpart.state'?: { serializedGrid?: { root: GridNode } } };
  const root = state['editorpart.state']?.serializedGrid?.root;
  return root ? countEditors(root) : 0;
}

function countEditors({ data }: GridNode): number {
  return 'editors' in data
    ? (data.editors?.length ?? 0)
    : asNodes(data).reduce((sum, each) => sum + countEditors(each), 0);
}

const asNodes = (data: GridNode['data']): readonly GridNode[] => (Array.isArray(data) ? data : []);

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
