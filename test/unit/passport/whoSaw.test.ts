import assert from 'node:assert/strict';
import { WhoSaw } from '../../../src/app/passport/whoSaw';
import { PrivacyWorld, privacyModels } from '../../support/privacyWorld';
import { type Simulator, startSimulator } from '../../support/simulator';
import { makeCode, makePart } from '../../support/turns';
import { parseCsv } from '../../support/usage/parseCsv';

const code = (path: string, startLine: number) =>
  makeCode({ path, parts: [makePart({ text: 'secret()', startLine, endLine: startLine })] });

suite('who has seen a file', () => {
  let simulator: Simulator;
  let world: PrivacyWorld;

  suiteSetup(async () => {
    simulator = await startSimulator({ models: privacyModels });
    world = await PrivacyWorld.open(simulator);
    const mixed = { model: 'privacy/mixed' };
    const first = await world.ask(
      'Why?',
      { ...mixed, provider: { zdr: true } },
      { code: code('src/a.ts', 3) },
    );
    // Sent again, as a part of what goes along.
    await world.ask('And this?', { ...mixed, provider: { only: ['chutes'] } }, { follows: first.id });
    await world.ask(
      'Other',
      { model: 'privacy/keepers', provider: { zdr: true } },
      { code: code('src/b.ts', 9) },
    );
  });
  suiteTeardown(() => simulator.dispose());

  /** What was shown, and what was written, when the user picks `answers`. */
  async function asking(...answers: string[]) {
    const shown: string[] = [];
    let written = '';
    const whoSaw = new WhoSaw(world.passports, {
      pick: async items => {
        shown.push(
          ...items.map(({ label, description, detail }) => [label, description, detail].join(' | ')),
        );
        const answer = answers.shift();
        return items.find(({ label }) => label.includes(answer ?? '\0'));
      },
      saveFile: async ({ name }) => ({
        name,
        open: async () => ({
          write: async text => {
            written += text;
          },
          commit: async () => undefined,
          discard: async () => undefined,
        }),
      }),
      news: async message => {
        shown.push(message);
        return false;
      },
      warn: async message => assert.fail(message),
      revealFile: async () => undefined,
    });
    return { whoSaw, shown, written: () => written };
  }

  test('names every request it left with, follow-ups included, and who got it', async () => {
    const { whoSaw, shown } = await asking('src/a.ts');
    await whoSaw.askFile();
    const requests = shown.filter(row => row.includes('Lines 3'));
    assert.equal(requests.length, 2);
    assert.match(requests[0] ?? '', /Chutes.*Chutes may keep it/);
    assert.match(requests[1] ?? '', /DeepInfra.*Zero retention was required/);
  });

  test('names OpenRouter alone where no provider was asked', async () => {
    const { whoSaw, shown } = await asking('src/b.ts');
    await whoSaw.askFile();
    const [request = ''] = shown.filter(row => row.includes('Lines 9'));
    assert.match(request, new RegExp(`\\| ${simulator.origin} \\|`));
  });

  test('is exported for an auditor, without a question or a line of code', async () => {
    const csv = await asking('CSV');
    await csv.whoSaw.exportAll();
    const [head = [], ...lines] = parseCsv(csv.written().slice(1));
    const cell = (line: readonly string[], name: string) => line[head.indexOf(name)];
    assert.equal(lines.length, 3);
    assert.deepEqual(
      lines.map(line => [
        cell(line, 'file'),
        cell(line, 'lines'),
        cell(line, 'answeredBy'),
        cell(line, 'fromEarlierTurn'),
      ]),
      [
        ['src/b.ts', '9', '', 'false'],
        ['src/a.ts', '3', 'Chutes', 'true'],
        ['src/a.ts', '3', 'DeepInfra', 'false'],
      ],
    );
    const json = await asking('JSON');
    await json.whoSaw.exportAll();
    assert.equal(JSON.parse(json.written()).length, 3);
    for (const text of [csv.written(), json.written()])
      assert.doesNotMatch(text, /secret\(\)|Why\?|And this/);
  });
});
