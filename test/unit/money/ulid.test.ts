import assert from 'node:assert/strict';
import { monotonicFactory } from 'ulid';

/** What the ledger needs of its ids; they are made by a library. */
suite('Ids of rows', () => {
  const { now } = Date;
  teardown(() => {
    Date.now = now;
  });

  test('are 26 characters that begin with the time', () => {
    Date.now = () => 1_469_918_176_385;
    assert.match(monotonicFactory()(), /^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
  });

  test('rise within a millisecond and when the clock goes back', () => {
    const clock = [5, 5, 5, 3, 6, 6, 4];
    const count = clock.length;
    Date.now = () => clock.shift() ?? 9;
    const newId = monotonicFactory();
    const made = Array.from({ length: count }, () => newId());
    assert.deepEqual(made, [...made].sort());
    assert.equal(new Set(made).size, count);
  });

  test('of two windows do not collide', () => {
    const [one, two] = [monotonicFactory(), monotonicFactory()];
    const made = Array.from({ length: 2000 }, (_, index) => (index % 2 ? one() : two()));
    assert.equal(new Set(made).size, made.length);
  });
});
