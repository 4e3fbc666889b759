import type { Action } from './prompt';

/**
 * What the simulator says. In braces: `name` of what the code declares, its `lines`, `language`, `code` and
 * first lines (`excerpt`), its comment `mark`, the `question`, `turn` and a `test` of {@link cannedTests}.
 */
export const cannedAnswers: Readonly<Record<Action, string>> = {
  explain: `## What \`{name}\` does

The selection has **{lines} lines**. In short:

- \`{name}\` takes what it is given, works through it in order, and hands back one result.
- Nothing outside the selection is changed.
- An empty input gives an empty result.

The part everything else hangs on:

\`\`\`{language}
{excerpt}
\`\`\`

Read it from \`{name}\` downwards: each step hands its result to the next one.
`,
  fix: `## A fix for \`{name}\`

I read all {lines} lines. What can go wrong:

1. A loop up to its length, included, reads past the end.
2. \`{name}\` has no path for an empty case.

The corrected code:

\`\`\`{language}
{code}
\`\`\`

Everything else stays as it was.
`,
  refactor: `## \`{name}\`, refactored

- Kept: the behaviour of \`{name}\` in all {lines} lines.
- Changed: loops read the length once; no renames.

\`\`\`{language}
{code}
\`\`\`

Callers of \`{name}\` need no change.
`,
  tests: `## Tests for \`{name}\`

- an ordinary call
- an empty one

\`\`\`{language}
{test}
\`\`\`

They cover {lines} lines.
`,
  document: `## \`{name}\`, documented

- One comment was added.

\`\`\`{language}
{mark} {name}: see the callers for its contract.
{code}
\`\`\`
`,
  answer: `## Answer

You asked: “{question}”{turn}.

- Your message has {lines} lines.
- I am a simulator, so this is all I know – but I know it for certain.
`,
};

/** What the simulator changes in code that it is sent, so that there is a change to look at. */
export const cannedChanges: Partial<Readonly<Record<Action, readonly [RegExp, string]>>> = {
  fix: [/\b(\w+) <= (\w+)\.length\b/g, '$1 < $2.length'],
  refactor: [
    /\bfor \(let (\w+) = 0; \1 (<=?) (\w+)\.length; /g,
    'for (let $1 = 0, { length } = $3; $1 $2 length; ',
  ],
};

/** By language; the empty name is for all others. */
export const cannedTests: Readonly<Record<string, string>> = {
  python: 'def test_{name}():\n    assert {name} is not None',
  rust: '#[test]\nfn {name}_works() {\n    let _ = {name};\n}',
  go: 'func Test_{name}(t *testing.T) {\n\tt.Log("{name}")\n}',
  '': `import assert from 'node:assert/strict';
import { test } from 'node:test';

test('{name} exists', () => {
  assert.ok({name});
});`,
};
