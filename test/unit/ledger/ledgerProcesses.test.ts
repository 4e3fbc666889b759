import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createSqliteLedger } from '../../../src/storage/sqliteLedger';
import { draft } from './rows';
import { TempLedgers } from './tempLedgers';

const limit = { kind: 'daily', limitPico: 600n, period: {} } as const;

/** In a child process: a window that begins requests when told, and says which were let through. */
function beWindow(folder: string, windowId: string): void {
  const { store } = createSqliteLedger(folder, { windowId, patienceMs: 10_000 });
  process.on('message', async (ids: readonly string[]) => {
    const results = await Promise.all(
      ids.map(id => store.begin({ ...draft(), id, reservedPico: 100n }, [limit])),
    );
    process.send?.(results.map(result => result.ok));
  });
  process.send?.('ready');
}

const [folder, windowId] = process.argv.slice(2);
if (process.env.LEDGER_WINDOW && folder && windowId) beWindow(folder, windowId);
else {
  suite('Ledger in several processes', () => {
    let ledgers: TempLedgers;
    let children: ChildProcess[];
    setup(() => {
      ledgers = new TempLedgers();
      children = [];
    });
    teardown(() => {
      for (const child of children) child.kill('SIGKILL');
      ledgers.dispose();
    });

    const start = async (name: string): Promise<ChildProcess> => {
      const child = fork(__filename, [ledgers.folder, name], { env: { ...process.env, LEDGER_WINDOW: '1' } });
      children.push(child);
      await once(child, 'message');
      return child;
    };
    const begin = async (child: ChildProcess, ids: readonly string[]): Promise<readonly boolean[]> => {
      child.send(ids);
      const [results] = await once(child, 'message');
      return results;
    };

    test('ten requests in three processes against a limit for six: six go, four do not', async () => {
      const windows = await Promise.all(['A', 'B', 'C'].map(start));
      const results = await Promise.all(
        windows.map((child, index) =>
          begin(
            child,
            Array.from({ length: index === 0 ? 4 : 3 }, (_, row) => `${index}-${row}`),
          ),
        ),
      );
      assert.equal(results.flat().filter(Boolean).length, 6);
      const { requests, heldPico } = await ledgers.open().store.totals({});
      assert.deepEqual([requests, heldPico], [6, 600n]);
    }).timeout(60_000);

    test('a killed process’s rows are recovered, a stopped one’s are not', async () => {
      const [killed, stopped] = await Promise.all(['A', 'B'].map(start));
      assert.ok(killed && stopped);
      await begin(killed, ['killed']);
      await begin(stopped, ['stopped']);
      // A stopped process is what a laptop asleep looks like; Windows has no such signal.
      if (process.platform !== 'win32') stopped.kill('SIGSTOP');
      killed.kill('SIGKILL');
      await once(killed, 'exit');
      assert.deepEqual(await ledgers.open().leases.recover(5_000), ['killed']);
    }).timeout(60_000);
  });
}
