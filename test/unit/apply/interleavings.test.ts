import assert from 'node:assert/strict';
import type { TextChange } from '../../../src/core/apply/span';
import { ApplyWorld } from '../../support/apply/applyWorld';
import { Random } from '../ledger/random';
import { fenced } from './answers';

/** More of them with the environment variable that the other random tests have. */
const runs = Number(process.env.ASK_OPENROUTER_FUZZ_RUNS ?? 1000);

const code = 'f(1);\n  g(2);\nh(3);';
const fresh = 'f(10);\n  g(20);\n  more();\nh(30);';
const words = ['f(1);', '\n', 'x', '  ', 'g(2);\n', '}', code, 'Ω', ''] as const;

/** One character of the document: `isCode` when it is one of those that were sent. */
interface Mark {
  readonly char: string;
  readonly isCode: boolean;
}

const toMarks = (text: string, isCode: boolean): Mark[] =>
  [...text.split('')].map(char => ({ char, isCode }));
const textOf = (marks: readonly Mark[]): string => marks.map(({ char }) => char).join('');

/** The document told character by character: what is right is read off it without any of the code under test. */
class Oracle {
  constructor(private marks: readonly Mark[]) {}

  edit(changes: readonly TextChange[]): void {
    for (const { offset, length, text } of [...changes].sort((a, b) => b.offset - a.offset))
      this.marks = [
        ...this.marks.slice(0, offset),
        ...toMarks(text, false),
        ...this.marks.slice(offset + length),
      ];
  }

  get text(): string {
    return textOf(this.marks);
  }

  /** The code is looked for: where it is not whole any more, the only text that reads like it is meant from now on. */
  locate(): void {
    const { text } = this;
    const at = text.indexOf(code);
    if (this.isWhole || at < 0 || at !== text.lastIndexOf(code)) return;
    this.marks = this.marks.map(({ char }, index) => ({
      char,
      isCode: index >= at && index < at + code.length,
    }));
  }

  /** The document that is right when the change is accepted; undefined when it must not be. */
  get accepted(): string | undefined {
    if (!this.isWhole) return undefined;
    const first = this.marks.findIndex(({ isCode }) => isCode);
    return textOf(this.marks.slice(0, first)) + fresh + textOf(this.marks.slice(first + code.length));
  }

  private get isWhole(): boolean {
    const first = this.marks.findIndex(({ isCode }) => isCode);
    const run = first < 0 ? [] : this.marks.slice(first, first + code.length);
    return run.every(({ isCode }) => isCode) && textOf(run) === code;
  }
}

/** Edits anywhere in `text`: up to three at once, none over another. */
function randomEdit(
  random: Random,
  text: string,
  avoid: { from: number; to: number } | undefined,
): TextChange[] {
  const changes: TextChange[] = [];
  let from = 0;
  for (let count = 1 + random.below(3); count > 0 && from <= text.length; count -= 1) {
    const offset = from + random.below(text.length - from + 1);
    const length = random.chance(0.5) ? 0 : random.below(Math.min(8, text.length - offset) + 1);
    const isNear = avoid && offset < avoid.to && offset + length > avoid.from;
    if (!isNear) changes.push({ offset, length, text: random.pick(words) });
    from = offset + length + 1;
  }
  return changes;
}

suite('edits while an answer streams and while its diff is open', () => {
  test('never lose or double a character outside of what was sent', async () => {
    const random = new Random(20_261_126);
    const outcomes = { changed: 0, refused: 0 };
    for (let run = 0; run < runs; run += 1) outcomes[await oneRun(random, run)] += 1;
    assert.ok(outcomes.changed > runs / 5 && outcomes.refused > runs / 20, JSON.stringify(outcomes));
  }).timeout(600_000);
});

async function oneRun(random: Random, run: number): Promise<'changed' | 'refused'> {
  const before = `a();\n${random.pick(words)}${random.pick(words)}`.replaceAll(code, '');
  const after = `${random.pick(words)}\n${random.pick(words)}z();`.replaceAll(code, '');
  const world = new ApplyWorld(before + code + after, code);
  // The words beside the code may make up another one of it: then the test does not know which was sent.
  if (world.editors.text.split(code).length !== 2) return 'refused';
  const oracle = new Oracle([...toMarks(before, false), ...toMarks(code, true), ...toMarks(after, false)]);
  const type = (): void => {
    const { text } = world.editors;
    const at = text.indexOf(code);
    const outside = at < 0 || random.chance(0.25) ? undefined : { from: at, to: at + code.length };
    const changes = randomEdit(random, text, outside);
    world.editors.edit(...changes);
    oracle.edit(changes);
  };
  for (let count = random.below(4); count > 0; count -= 1) type();
  world.answer(fenced(fresh, 'ts'));
  await world.propose();
  oracle.locate();
  for (let count = random.below(3); count > 0; count -= 1) type();
  oracle.locate();
  const expected = oracle.accepted;
  await world.proposals.accept();
  const { text, undo } = world.editors;
  assert.equal(undo.length, text === oracle.text ? 0 : 1, `run ${run}`);
  if (text === oracle.text) return 'refused';
  assert.equal(text, expected, `run ${run}, after ${JSON.stringify(oracle.text)}`);
  return 'changed';
}
