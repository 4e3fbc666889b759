import assert from 'node:assert/strict';
import { parseHead } from '../../../src/app/prompts/promptHead';
import type { OwnAction } from '../../../src/core/prompts/ownAction';
import { newPromptText, readHead, splitPrompt, toPromptAction } from '../../../src/core/prompts/promptFile';

/** As the library reads it. */
function read(text: string, source: 'promptFolder' | 'workspace' = 'workspace'): OwnAction {
  const { head, body } = splitPrompt(text);
  const parsed = head === undefined ? undefined : parseHead(head);
  if (parsed?.ok === false) throw new Error(`${parsed.line}: ${parsed.problem}`);
  return toPromptAction('review', readHead(parsed?.value), body, source);
}

suite('prompt files', () => {
  test('a file without a head is a prompt', () => {
    const { instruction, model, notes, takesCode, title } = read('Review this.\n');
    assert.deepEqual(
      { instruction, model, notes, takesCode, title },
      {
        instruction: 'Review this.',
        model: undefined,
        notes: [],
        takesCode: 'selection',
        title: 'review',
      },
    );
  });

  // Three shapes that public repositories have: quoted one-line heads with a mode and a flow list of tools; an agent, a
  // title of a model and a block list; a name, a hint, a folded description, and Windows line ends.
  test('reads the head with a mode and tools in one line', () => {
    const prompt = read(`---
mode: 'agent'
tools: ['codebase', 'editFiles', "search"]
description: 'Write tests for a React component.'
---
# Tests

Write tests for \${selection}.
`);
    assert.equal(prompt.description, 'Write tests for a React component.');
    assert.match(prompt.instruction ?? '', /^# Tests/);
    assert.deepEqual(prompt.notes, [
      '“mode” is ignored: modes are not used: a prompt is one visible request.',
      '“tools” is ignored: tools are not used: no tool runs.',
    ]);
  });

  test('reads the head with an agent, a model’s title and a list in lines', () => {
    const prompt = read(`---
agent: plan
model: GPT-4o
description: "Plan: a feature"
tools:
  - search/codebase
  - web/fetch
---

Plan \${input:feature:Which feature?}.
---
Not a head any more.`);
    assert.equal(prompt.model, undefined);
    assert.equal(prompt.notes.length, 3);
    assert.match(prompt.notes.join(), /“GPT-4o” is no model id of OpenRouter: your own model is used/);
    assert.match(prompt.instruction ?? '', /Not a head any more\.$/);
  });

  test('reads the head with a name, a hint, a list of models and Windows line ends', () => {
    const head = [
      '---',
      'name: Security review',
      'argument-hint: "[area]"',
      'description: >-',
      '  Looks for',
      '  holes',
      'model:',
      '  - Claude Sonnet 4.5',
      '  - anthropic/claude-sonnet-4.5',
      '---',
      'Look.',
    ];
    const prompt = read(`\uFEFF${head.join('\r\n')}`);
    assert.equal(prompt.title, 'Security review');
    assert.equal(prompt.argumentHint, '[area]');
    assert.equal(prompt.description, 'Looks for holes');
    assert.equal(prompt.model, 'anthropic/claude-sonnet-4.5');
    assert.equal(prompt.isModelOfWorkspace, true);
    assert.equal(prompt.instruction, 'Look.');
  });

  test('takes own fields, and checks each by itself', () => {
    const prompt = read(
      '---\nmodel: a/b:free\nparameters: { temperature: 0.2, top_p: 7, nonsense: 1 }\ntakesCode: true\napply: replace\nsystemPrompt: 5\n---\nFix it.',
      'promptFolder',
    );
    assert.deepEqual(prompt.parameters, { temperature: 0.2 });
    assert.equal(prompt.takesCode, true);
    assert.equal(prompt.apply, 'replace');
    assert.equal(prompt.systemPrompt, undefined);
    assert.equal(prompt.isModelOfWorkspace, false);
    assert.deepEqual(prompt.notes, [
      '“systemPrompt” is ignored: its value cannot be used.',
      'The parameter “top_p” is ignored.',
      'The parameter “nonsense” is ignored.',
    ]);
  });

  test('names the line of a mistake, and refuses a head that blows up', () => {
    assert.throws(() => read('---\ndescription: a\nmodel: [a\n---\nx'), /^Error: [23]: /);
    assert.throws(() => read('---\na: &a [x, x]\nb: *a\n---\nx'), /alias/i);
  });

  test('what a new file begins with can be read', () => {
    const prompt = read(newPromptText('review'));
    assert.equal(prompt.description, 'What this prompt is for');
    assert.deepEqual(prompt.notes, []);
  });
});
