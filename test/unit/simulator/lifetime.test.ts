import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { ask, rawRequest } from '../../support/simulator/client/rawClient';
import { startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';

suite('simulator: start and end', () => {
  test('dispose ends stalls, kept connections and the port', async () => {
    const simulator = await startSimulator();
    const idle = connect(simulator.port, '127.0.0.1');
    await once(idle, 'connect');
    idle.on('error', () => undefined);
    const idleClosed = once(idle, 'close');
    const started = new Promise<void>(resolve => {
      let waiting = 3;
      simulator.onDidReceive(() => {
        if (--waiting === 0) resolve();
      });
    });
    const pending = ['stall', 'stall-comments:1,1', 'stall-headers'].map(name =>
      rawRequest(`${simulator.url}/chat/completions`, { key, body: ask(`simulator/${name}`) }).then(
        answer => answer.complete,
        (error: NodeJS.ErrnoException) => error.code,
      ),
    );
    await started;
    await simulator.dispose();
    assert.deepEqual(await Promise.all(pending), [false, false, 'ECONNRESET']);
    await idleClosed;
    await simulator.idle();
    assert.equal(simulator.activeStreams, 0);
    await assert.rejects(rawRequest(`${simulator.url}/models`), { code: 'ECONNREFUSED' });
    await simulator.dispose();
  });

  test('nothing keeps the process alive after dispose', async () => {
    const count = () => process.getActiveResourcesInfo().filter(name => /TCP/.test(name)).length;
    const before = count();
    const simulator = await startSimulator();
    const { status } = await fetch(`${simulator.url}/models`);
    assert.equal(status, 200);
    assert.ok(count() > before);
    await simulator.dispose();
    // The client's end of the closed connection goes with its next turns of the event loop.
    for (let turn = 0; count() > before && turn < 1000; turn++) {
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    assert.equal(count(), before);
  });

  test('two run side by side, each with its own bill', async () => {
    const [first, second] = await Promise.all([startSimulator(), startSimulator()]);
    await rawRequest(`${first.url}/chat/completions`, { key, body: ask('openai/gpt-4o-mini') });
    assert.equal(first.bill.entries.length, 1);
    assert.equal(second.bill.entries.length, 0);
    await Promise.all([first.dispose(), second.dispose()]);
  });

  test('a port in use rejects', async () => {
    const simulator = await startSimulator();
    await assert.rejects(startSimulator({ port: simulator.port }), { code: 'EADDRINUSE' });
    await simulator.dispose();
  });

  test('many answers at a time stay apart', async () => {
    const simulator = await startSimulator();
    const words = Array.from({ length: 40 }, (_, index) => `message ${index} `.repeat(50));
    const answers = await Promise.all(
      words.map(content =>
        rawRequest(`${simulator.url}/chat/completions`, { key, body: ask('simulator/echo', content) }),
      ),
    );
    assert.equal(new Set(answers.map(({ headers }) => headers['x-generation-id'])).size, 40);
    assert.equal(simulator.bill.entries.length, 40);
    await simulator.dispose();
  });
});
