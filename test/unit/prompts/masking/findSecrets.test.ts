import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { findSecrets, secretKinds } from '../../../../src/core/prompts/masking/findSecrets';
import { fastestCpuMs } from '../../../support/cpuTime';
import { makeSamples, nearMisses } from './samples';

const found = (text: string): readonly string[] =>
  findSecrets(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

suite('finding secrets', () => {
  test('knows more than 33 formats, each with a sample', () => {
    const sampled = new Set(makeSamples(1).map(({ kind }) => kind));
    assert.ok(secretKinds.length >= 33);
    assert.deepEqual(
      secretKinds.filter(kind => !sampled.has(kind)),
      [],
    );
  });

  const sets = Array.from({ length: 40 }, (_, seed) => makeSamples(seed + 1));
  for (const [index, { kind, text }] of makeSamples(1).entries()) {
    test(`finds ${kind} in ${text.split('\n')[1]?.slice(0, 24)}…, whole and nothing else`, () => {
      for (const samples of sets) {
        const sample = samples[index];
        assert.ok(sample);
        assert.deepEqual(found(sample.text), [`${sample.kind}: ${sample.secret}`]);
      }
    });
  }

  for (const text of nearMisses) {
    test(`leaves ${text.slice(0, 50).replaceAll('\n', ' ')} alone`, () => assert.deepEqual(found(text), []));
  }

  test('finds the rest of a key whose end is not in the text', () => {
    const key = makeSamples(3).find(({ kind }) => kind === 'private key')?.secret ?? '';
    const cut = key.slice(0, key.length - 60);
    assert.deepEqual(found(cut), [`private key: ${cut}`]);
  });

  test('raises at most one false alarm in 10,000 lines of open-source code', () => {
    const files = globSync(
      'node_modules/{lit,valibot,openai,mocha,esbuild,uplot,markdown-it,yaml,ignore}/**/*.{js,mjs,ts,json,md}',
    );
    let lines = 0;
    const alarms: string[] = [];
    for (const file of files.slice(0, Number(process.env.ASK_OPENROUTER_SCAN_FILES ?? 250))) {
      const text = readFileSync(file, 'utf8');
      lines += text.split('\n').length;
      alarms.push(...found(text).map(each => `${file}: ${each}`));
    }
    assert.ok(lines > 20_000, `only ${lines} lines were found`);
    assert.ok(alarms.length <= lines / 10_000, alarms.join('\n'));
  });

  for (const [name, piece] of Object.entries({
    'headers of keys': '-----BEGIN PRIVATE KEY-----',
    'beginnings of tokens': 'sk-ant-eyJeyJ.eyJ.xoxb-1-ghp_AKIA',
    'one word': 'aA1_',
    'names of secrets': 'secret_token_',
    assignments: 'PASSWORD=\n',
    addresses: 'a://b:c',
    quotes: 'apiKey: "',
  })) {
    test(`takes time in proportion to the length of nothing but ${name}`, () => {
      const work = (length: number): number =>
        fastestCpuMs(() => findSecrets(piece.repeat(Math.ceil(length / piece.length))));
      const [short, long] = [work(20_000), work(160_000)];
      // Eight times the text: sixty-four times the work if it were quadratic.
      assert.ok(long <= 30 * Math.max(short, 4), `${short} ms, then ${long} ms`);
    });
  }
});
