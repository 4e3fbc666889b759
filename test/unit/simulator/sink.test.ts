import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { plainDelivery } from '../../support/simulator/wire/delivery';
import { Sink } from '../../support/simulator/wire/sink';

/** The part of a response that a sink uses; it has room only when told. */
class NarrowResponse extends EventEmitter {
  readonly written: string[] = [];
  hasRoom = true;

  write(slice: string | Buffer): boolean {
    this.written.push(slice.toString());
    return this.hasRoom;
  }
}

async function isSettledAfterTurns(promise: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void promise.then(() => {
    isSettled = true;
  });
  for (let turn = 0; turn < 20; turn++) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
  return isSettled;
}

suite('simulator: back-pressure', () => {
  let response: NarrowResponse;
  let leave: AbortController;
  const sinkOf = (slices: 'event' | 1): Sink =>
    new Sink(response as unknown as ServerResponse, { ...plainDelivery, slices }, leave.signal);

  setup(() => {
    response = new NarrowResponse();
    leave = new AbortController();
  });

  test('a write waits until the client has read', async () => {
    response.hasRoom = false;
    const writing = sinkOf('event').write('one\n');
    assert.equal(await isSettledAfterTurns(writing), false);
    response.emit('drain');
    await writing;
    assert.deepEqual(response.written, ['one\n']);
  });

  test('a waiting write ends when the client leaves, and later ones send nothing', async () => {
    response.hasRoom = false;
    const sink = sinkOf(1);
    const writing = sink.write('ab');
    assert.equal(await isSettledAfterTurns(writing), false);
    leave.abort();
    await writing;
    await sink.write('c');
    assert.deepEqual(response.written, ['a']);
    assert.equal(response.listenerCount('drain'), 0);
  });

  test('what is held back goes out with flush', async () => {
    const sink = sinkOf('event');
    await sink.write('first\n');
    await sink.write('second\n');
    assert.deepEqual(response.written, ['first\n']);
    await sink.flush();
    assert.deepEqual(response.written, ['first\n', 'second\n']);
  });
});
