import assert from 'node:assert/strict';
import { diffSections } from '../../../src/core/prompts/gitDiff';
import { fillIn, variablesIn } from '../../../src/core/prompts/variables';
import { fastestCpuMs } from '../../support/cpuTime';

const $ = '$';

suite('variables of prompts', () => {
  test('are found once each, inputs with their placeholder', () => {
    const text = `${$}{file} ${$}{file} ${$}{input:topic:What about?} ${$}{input:topic} ${$}{env:HOME} ${$}{file:/etc/passwd} ${$}{nothing} ${$}{`;
    assert.deepEqual(variablesIn(text), {
      names: ['file'],
      inputs: [{ name: 'topic', placeholder: 'What about?' }],
    });
  });

  test('are filled in once: what stands in a value stays as it is', () => {
    const text = `${$}{selection}|${$}{input:a:x}|${$}{env:HOME}|${$}{input:b}|${$}{language}`;
    const values = new Map([['selection', `$& ${$}{clipboard}`]] as const);
    const filled = fillIn(text, values, new Map([['a', `${$}{selection}`]]));
    assert.equal(filled, `$& ${$}{clipboard}|${$}{selection}|${$}{env:HOME}|${$}{input:b}|${$}{language}`);
  });

  test('are found in time proportional to the text', () => {
    const work = (length: number): number =>
      fastestCpuMs(() => variablesIn(`${$}{input:a:`.repeat(length / 10)));
    work(20_000);
    const [short, long] = [work(20_000), work(160_000)];
    assert.ok(long <= 30 * Math.max(short, 4), `${short} ms, then ${long} ms`);
  });

  test('a diff is cut into its files, with both names of one that was renamed', () => {
    const diff =
      'diff --git a/src/a.ts b/src/a.ts\n@@\n-diff --git x\n+1\ndiff --git a/old b.pem b/new.pem\nrename\n';
    assert.deepEqual(
      diffSections(diff).map(({ paths }) => paths),
      [['src/a.ts'], ['old b.pem', 'new.pem']],
    );
    assert.equal(
      diffSections(diff)
        .map(({ text }) => text)
        .join(''),
      diff,
    );
  });
});
