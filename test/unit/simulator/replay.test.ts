import assert from 'node:assert/strict';
import { trafficSources } from '../../support/openrouter/traffic';
import { ask, rawRequest } from '../../support/simulator/client/rawClient';
import { type Simulator, startSimulator } from '../../support/simulator/index';

const key = 'sk-or-v1-test';

for (const { name: source, traffic } of trafficSources) {
  suite(`simulator: replays of traffic: ${source}`, () => {
    let simulator: Simulator;

    suiteSetup(async () => {
      simulator = await startSimulator({ trafficDir: traffic.folder });
    });
    suiteTeardown(() => simulator.dispose());

    for (const name of traffic.names) {
      test(`${name} comes back byte for byte`, async () => {
        const recorded = traffic.recording(name)?.response;
        assert.ok(recorded);
        const answer = await rawRequest(`${simulator.url}/chat/completions`, {
          key,
          body: ask(`simulator/replay:${name}`),
        });
        assert.equal(answer.status, recorded.status);
        assert.ok(answer.complete);
        assert.ok(answer.bytes.equals(Buffer.from(recorded.body)));
        for (const [header, value] of Object.entries(recorded.headers)) {
          assert.deepEqual(answer.headers[header], header === 'set-cookie' ? [value].flat() : value, header);
        }
        // A read may join small pieces or split large ones, so only the coarse shape is certain.
        if ((recorded.chunk_byte_lengths?.length ?? 0) > 2) assert.ok(answer.pieces.length > 1);
      });
    }

    test('what a recorded answer cost is on the bill', async () => {
      const name = traffic.recordings.find(({ response }) => /^data: .*"cost":/m.test(response.body))?.name;
      assert.ok(name);
      const before = simulator.bill.entries.length;
      simulator.next({ replay: name });
      const { text } = await rawRequest(`${simulator.url}/chat/completions`, { key, body: ask('a/b') });
      const id = /"id":"(gen-[^"]+)"/.exec(text)?.[1] ?? '';
      const cost = /"cost":([\d.e-]+)/.exec(text)?.[1];
      assert.equal(Number(simulator.bill.get(id)?.costUsd), Number(cost));
      assert.ok(simulator.bill.entries.length >= before);
    });

    test('recorded generations are known by their ids', async () => {
      const recording = traffic.recording(traffic.names.find(name => name.startsWith('generation--')) ?? '');
      assert.ok(recording);
      const path = recording.request.path.replace('/api/v1', '');
      const { status, text } = await rawRequest(simulator.url + path, { key });
      assert.equal(status, 200);
      assert.equal(text, recording.response.body);
    });

    test('a name without a recording is refused', async () => {
      const { status, text } = await rawRequest(`${simulator.url}/chat/completions`, {
        key,
        body: ask('simulator/replay:../package'),
      });
      assert.equal(status, 400);
      assert.match(text, /no recording called/);
    });
  });
}
