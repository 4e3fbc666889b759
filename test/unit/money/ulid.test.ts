import assert from 'node:assert/strict';
import { createUlids } from '../../../src/core/base/ulid';

suite('ULID', () => {
  test('is 26 characters of the time and what is random', () => {
    const ulid = createUlids({ now: () => 1_469_918_176_385, fillRandom: bytes => bytes.fill(0) });
    assert.equal(ulid(), '01ARYZ6S410000000000000000');
  });

  test('rises within a millisecond, when the clock goes back, and when the random part is full', () => {
    const clock = [5, 5, 5, 3, 6, 6];
    let fill = 0xff;
    const ulid = createUlids({
      now: () => clock.shift() ?? 9,
      fillRandom: bytes => bytes.fill(fill),
    });
    const made = [ulid(), ulid(), ulid(), ulid()];
    fill = 0;
    made.push(ulid(), ulid(), ulid());
    assert.deepEqual(made, [...made].sort());
    assert.equal(new Set(made).size, made.length);
  });

  test('two generators do not collide', () => {
    const [one, two] = [createUlids(), createUlids()];
    const made = Array.from({ length: 2000 }, (_, index) => (index % 2 ? one() : two()));
    assert.equal(new Set(made).size, made.length);
    assert.ok(made.every(id => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)));
  });
});
