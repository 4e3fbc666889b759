import assert from 'node:assert/strict';
import { Emitter } from '../../src/core/base/event';
import { uncaughtIn } from '../support/uncaught';

const broken = new Error('broken listener');
const throwing = (): void => {
  throw broken;
};

suite('Emitter', () => {
  test('a listener that throws is reported, and harms neither the others nor whoever fires', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<string>(error => errors.push(error));
    const heard: string[] = [];
    emitter.event(value => heard.push(`first ${value}`));
    emitter.event(throwing);
    emitter.event(value => heard.push(`last ${value}`));
    emitter.fire('a');
    emitter.fire('b');
    assert.deepEqual(heard, ['first a', 'last a', 'first b', 'last b']);
    assert.deepEqual(errors, [broken, broken]);
  });

  test('by default the error is thrown by itself, where the host of the code logs it', async () => {
    const emitter = new Emitter<void>();
    emitter.event(throwing);
    const uncaught = await uncaughtIn(() => emitter.fire());
    assert.deepEqual(uncaught, [broken]);
  });

  test('a listener disposed while an event is under way may still hear it, and hears no other', () => {
    const emitter = new Emitter<number>();
    const heard: number[] = [];
    const subscription = emitter.event(value => heard.push(value));
    emitter.fire(1);
    subscription.dispose();
    emitter.fire(2);
    emitter.dispose();
    assert.deepEqual(heard, [1]);
  });
});
