import { type CodeFacts, type FunctionFact, factsAbout } from './codeFacts';
import type { Prompt } from './prompt';
import { testsFor } from './testsFor';

/** An answer in markdown that talks about the code it was sent. The same for the same prompt. */
export function answerAbout(prompt: Prompt): string {
  const facts = factsAbout(prompt.code, prompt.language);
  switch (prompt.action) {
    case 'explain':
      return explain(facts);
    case 'fix':
      return fix(facts);
    case 'refactor':
      return refactor(facts);
    case 'tests':
      return tests(facts);
    case 'document':
      return document(facts);
    case 'answer':
      return answer(prompt, facts);
  }
}

const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;
const block = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;
const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
const quoted = (names: readonly string[]): string => names.map(name => `\`${name}\``).join(', ');
const nothing = 'none that stand out';

/** The name the answer is about. */
const subject = (facts: CodeFacts): string =>
  facts.functions[0]?.name ?? facts.classes[0] ?? facts.identifiers[0] ?? 'this code';

function signature(fact: FunctionFact): string {
  const takes = fact.parameters.length ? `takes ${quoted(fact.parameters)}` : 'takes no arguments';
  return `- \`${fact.name}\` (line ${fact.line}) ${takes}.`;
}

function excerpt(facts: CodeFacts): string {
  const start = Math.max(0, (facts.functions[0]?.line ?? 1) - 1);
  return facts.code
    .split(/\r?\n/)
    .slice(start, start + 6)
    .join('\n');
}

function explain(facts: CodeFacts): string {
  return lines(
    `## What \`${subject(facts)}\` does`,
    '',
    `The selection has **${plural(facts.lineCount, 'line')}** and defines ${plural(facts.functions.length, 'function')}${
      facts.classes.length ? ` and ${plural(facts.classes.length, 'type')} (${quoted(facts.classes)})` : ''
    }.`,
    '',
    ...facts.functions.map(signature),
    `- Names used most: ${quoted(facts.identifiers.slice(0, 5)) || nothing}.`,
    `- Depends on: ${quoted(facts.imports) || 'nothing outside itself'}.`,
    '',
    'The part everything else hangs on:',
    '',
    block(facts.language, excerpt(facts)),
    '',
    `Read it from \`${subject(facts)}\` downwards: each step hands its result to the next one.`,
  );
}

function fix(facts: CodeFacts): string {
  const parameter = facts.functions[0]?.parameters[0] ?? facts.identifiers[0] ?? 'the input';
  return lines(
    `## A fix for \`${subject(facts)}\``,
    '',
    `I read all ${plural(facts.lineCount, 'line')}. What can go wrong:`,
    '',
    `1. \`${parameter}\` is used without a check.`,
    `2. ${facts.functions.length ? `\`${subject(facts)}\` has no path for an empty case.` : 'There is no path for an empty case.'}`,
    '',
    'The corrected code:',
    '',
    block(facts.language, facts.code.replace(/[ \t]+$/gm, '')),
    '',
    'Everything else stays as it was.',
  );
}

function refactor(facts: CodeFacts): string {
  return lines(
    `## \`${subject(facts)}\`, refactored`,
    '',
    `- Kept: the behaviour of ${quoted(facts.functions.map(fact => fact.name)) || `\`${subject(facts)}\``}.`,
    `- Changed: blank lines and spacing over ${plural(facts.lineCount, 'line')}; no renames.`,
    '',
    block(facts.language, facts.code.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n\n')),
    '',
    `Callers of \`${subject(facts)}\` need no change.`,
  );
}

function tests(facts: CodeFacts): string {
  return lines(
    `## Tests for \`${subject(facts)}\``,
    '',
    ...facts.functions.map(fact => `- \`${fact.name}\`: an ordinary call and an empty one.`),
    '',
    block(facts.language, testsFor(facts)),
    '',
    `They cover ${plural(facts.functions.length, 'function')} in ${plural(facts.lineCount, 'line')}.`,
  );
}

function document(facts: CodeFacts): string {
  const mark = /^(?:python|py|ruby|rb|sh|bash|shellscript|yaml|r)$/.test(facts.language) ? '#' : '//';
  const documented = facts.code.split(/\r?\n/).flatMap((line, index) => {
    const fact = facts.functions.find(candidate => candidate.line === index + 1);
    if (!fact) return [line];
    const indentation = /^\s*/.exec(line)?.[0] ?? '';
    const about = fact.parameters.length ? ` Takes ${fact.parameters.join(', ')}.` : '';
    return [`${indentation}${mark} ${fact.name}: see the callers for its contract.${about}`, line];
  });
  return lines(
    `## \`${subject(facts)}\`, documented`,
    '',
    `- ${plural(facts.functions.length, 'function')} got a comment.`,
    '',
    block(facts.language, documented.join('\n')),
  );
}

function answer(prompt: Prompt, facts: CodeFacts): string {
  const asked = prompt.text.split('\n').find(line => line.trim() !== '') ?? '';
  if (/\bhello\b/i.test(asked))
    return lines('Hello! (English)', '', '¡Hola! (Spanish)', '', 'Bonjour ! (French)');
  return lines(
    '## Answer',
    '',
    `You asked: “${asked.trim().slice(0, 120)}”${prompt.turn > 1 ? ` (turn ${prompt.turn})` : ''}.`,
    '',
    `- Your message has ${plural(prompt.text.split('\n').length, 'line')}.`,
    `- Names in it: ${quoted(facts.identifiers.slice(0, 5)) || nothing}.`,
    ...(prompt.hasFence ? ['', 'The code it is about:', '', block(facts.language, excerpt(facts))] : []),
    '',
    'That is all this simulator knows.',
  );
}
