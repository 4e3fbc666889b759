/** What a model may answer to one piece of code, and what is to come of it. */
export interface SampleAnswer {
  readonly title: string;
  readonly answer: string;
  /** TypeScript when undefined. */
  readonly languageId?: string;
  /** {@link total} when undefined. */
  readonly original?: string;
  readonly before?: string;
  readonly after?: string;
  /** The whole document afterwards, in place of {@link replaced} between `before` and `after`. */
  readonly becomes?: string;
  /** Words of the sentence that says why nothing is replaced. */
  readonly refused?: RegExp;
}

/** The code that was sent where a row names no other. */
export const total = `function total(items) {
  let sum = 0;
  for (let i = 0; i < items.length; i++) {
    sum = sum + items[i].price;
  }
  return sum;
}`;

/** What it is to become where a row names nothing else. */
export const better = `function total(items) {
  let sum = 0;
  for (const item of items) {
    sum += item.price;
  }
  return sum;
}`;

export const fenced = (code: string, language = 'typescript', fence = '```'): string =>
  `${fence}${language}\n${code}\n${fence}`;

const imports = "import { log } from './log';\nimport { tax } from './tax';\n\n";
const below = '\n\nexport const rate = tax(0.2);\nlog(rate);\nexport const cents = 100;\n';
const indent = (code: string, by: string): string => code.replace(/^(?=.)/gm, by);
const method = indent(total, '  ');
const betterMethod = indent(better, '  ');
const tabs = (code: string): string => code.replace(/^(?: {2})+/gm, spaces => '\t'.repeat(spaces.length / 2));
const numberLines = (code: string, mark: string, from = 1): string =>
  code
    .split('\n')
    .map((line, index) => `${String(index + from).padStart(2)}${mark}${line}`)
    .join('\n');
const python =
  'def total(items):\n    sum = 0\n    for item in items:\n        sum = sum + item.price\n    return sum';
const betterPython = 'def total(items):\n    return sum(item.price for item in items)';
const withBody = (comment: string): string => `function total(items) {\n  ${comment}\n  return sum;\n}`;

const fences: readonly SampleAnswer[] = [
  { title: 'one block', answer: fenced(better) },
  { title: 'one block that ends with a line break', answer: `${fenced(better)}\n` },
  { title: 'no language', answer: fenced(better, '') },
  { title: 'a short name of the language', answer: fenced(better, 'ts') },
  { title: 'the wrong language', answer: fenced(better, 'python') },
  { title: 'the word text as its language', answer: fenced(better, 'text') },
  { title: 'a shell as its language', answer: fenced(better, 'bash') },
  { title: 'more words behind the language', answer: fenced(better, 'typescript title="total.ts"') },
  { title: 'a fence of tildes', answer: fenced(better, 'ts', '~~~') },
  { title: 'a fence of five marks', answer: fenced(better, 'ts', '`````') },
  { title: 'a fence in a list', answer: `1. The code:\n\n${indent(fenced(better), '   ')}\n\n2. Done.` },
  { title: 'blank lines around the code', answer: fenced(`\n\n${better}\n\n`) },
  { title: 'a block without an end', answer: `\`\`\`typescript\n${better}`, refused: /has no end/ },
  { title: 'an empty block', answer: fenced(''), refused: /empty/ },
  { title: 'the same code', answer: fenced(total), refused: /leaves the code as it is/ },
];

const words: readonly SampleAnswer[] = [
  { title: 'words before', answer: `Sure! Here is the code:\n\n${fenced(better)}` },
  {
    title: 'words before and after',
    answer: `Here:\n${fenced(better)}\nI used \`for…of\`, which reads better.`,
  },
  {
    title: 'headings and lists around',
    answer: `## Changes\n- a loop\n\n${fenced(better)}\n\n### Why\n1. It is short.`,
  },
  { title: 'no fence', answer: better },
  { title: 'no fence and a line break at both ends', answer: `\n${better}\n\n` },
  { title: 'no fence, and words before', answer: `Here is the code:\n\n${better}`, refused: /no code block/ },
  {
    title: 'no fence, and words after',
    answer: `${better}\n\nI changed the loop to read better.`,
    refused: /no code block/,
  },
  { title: 'only words', answer: 'There is no bug in this code.', refused: /no code block/ },
  { title: 'nothing', answer: '  \n', refused: /no code block/ },
  { title: 'one line between backticks', original: 'a + b', answer: '`b + a`', becomes: 'b + a' },
  {
    title: 'Python without a fence',
    languageId: 'python',
    original: python,
    answer: betterPython,
    becomes: betterPython,
  },
];

const several: readonly SampleAnswer[] = [
  { title: 'a command beside it', answer: `${fenced(better)}\nRun it:\n${fenced('npm test', 'bash')}` },
  { title: 'its output beside it', answer: `${fenced(better)}\nPrints:\n${fenced('42', 'text')}` },
  { title: 'the code before and after', answer: `Before:\n${fenced(total)}\nAfter:\n${fenced(better)}` },
  {
    title: 'an example of its use',
    answer: `${fenced(better)}\nUse it:\n${fenced("import { total } from './total';\nconsole.log(total([]));")}`,
  },
  {
    title: 'two versions',
    answer: `${fenced(better)}\nor\n${fenced(total.replace('sum + ', '1 + '))}`,
    refused: /2 code blocks/,
  },
  {
    title: 'two halves',
    answer: `${fenced(better.slice(0, 60))}\nand\n${fenced(better.slice(60))}`,
    refused: /2 code blocks|holds/,
  },
];

const nested: readonly SampleAnswer[] = [
  {
    title: 'Markdown with a fence in a fence of the same length',
    languageId: 'markdown',
    original: '# Use\n\n```js\na();\n```\n\nEnd',
    answer: fenced('# Usage\n\n```js\nb();\n```\n\nEnd', 'markdown'),
    becomes: '# Usage\n\n```js\nb();\n```\n\nEnd',
  },
  {
    title: 'Markdown in a longer fence',
    languageId: 'markdown',
    original: 'Use:\n```js\na();\n```',
    answer: fenced('Use it:\n```js\na();\n```', 'md', '````'),
    becomes: 'Use it:\n```js\na();\n```',
  },
  {
    title: 'a text in the code that holds a fence',
    original: 'const help = `\n```\nrun\n```\n`;',
    answer: fenced('const help = `\n```\nrun it\n```\n`;'),
    becomes: 'const help = `\n```\nrun it\n```\n`;',
  },
  {
    title: 'a text with a fence of which one end is missing',
    original: 'const help = `\n```\nrun\n```\n`;',
    answer: fenced('const help = `\n```\nrun it\n`;'),
    refused: /where the code .* begins and ends/i,
  },
];

const shapes: readonly SampleAnswer[] = [
  { title: 'line ends of Windows', answer: `Here:\r\n${fenced(better).replaceAll('\n', '\r\n')}\r\n` },
  {
    title: 'other line ends than the file',
    original: total.replaceAll('\n', '\r\n'),
    before: 'a();\r\n',
    after: '\r\nb();\r\n',
    answer: fenced(better),
    becomes: `a();\r\n${better.replaceAll('\n', '\r\n')}\r\nb();\r\n`,
  },
  {
    title: 'spaces for a file with tabs',
    original: tabs(total),
    answer: fenced(better),
    becomes: tabs(better),
  },
  { title: 'tabs for a file with spaces', answer: fenced(tabs(better)) },
  {
    title: 'a method moved to the left',
    original: method,
    before: 'class A {\n',
    after: '\n}\n',
    answer: fenced(better),
    becomes: `class A {\n${betterMethod}\n}\n`,
  },
  {
    title: 'a method as it stands',
    original: method,
    before: 'class A {\n',
    after: '\n}\n',
    answer: fenced(betterMethod),
    becomes: `class A {\n${betterMethod}\n}\n`,
  },
  {
    title: 'a method that is selected behind its indentation',
    original: method.trimStart(),
    before: 'class A {\n  ',
    after: '\n}\n',
    answer: fenced(betterMethod.trimStart()),
    becomes: `class A {\n${betterMethod}\n}\n`,
  },
  {
    title: 'that method moved to the left',
    original: method.trimStart(),
    before: 'class A {\n  ',
    after: '\n}\n',
    answer: fenced(better),
    becomes: `class A {\n${betterMethod}\n}\n`,
  },
  {
    title: 'Python selected behind its indentation, moved to the left',
    languageId: 'python',
    original: indent(python, '    ').trimStart(),
    before: 'class A:\n    ',
    after: '\n',
    answer: fenced(betterPython, 'python'),
    becomes: `class A:\n${indent(betterPython, '    ')}\n`,
  },
  {
    title: 'a part of a line',
    original: 'items.length > 0',
    before: 'if (',
    after: ') go();\n',
    answer: fenced('items.length !== 0'),
    becomes: 'if (items.length !== 0) go();\n',
  },
  {
    title: 'whole lines with their last line break',
    original: `${total}\n`,
    before: 'a();\n',
    after: 'b();\n',
    answer: fenced(better),
    becomes: `a();\n${better}\nb();\n`,
  },
  {
    title: 'blank lines that were selected, too',
    original: `\n${total}\n\n`,
    before: 'a();\n',
    after: 'b();\n',
    answer: fenced(better),
    becomes: `a();\n\n${better}\n\nb();\n`,
  },
];

const elided: readonly SampleAnswer[] = [
  '// ... existing code ...',
  '// … rest unchanged',
  '// ...',
  '...',
  '/* ... */',
  '// rest of the code remains the same',
  '// existing code here',
  '// (unchanged)',
  '# rest of the function...',
  '[... rest of the function ...]',
  'for (const item of items) { ... }',
].map(line => ({ title: line, answer: fenced(withBody(line)), refused: /leaves out parts of the code/ }));

const ownDots: readonly SampleAnswer[] = [
  {
    title: 'dots that the code had itself',
    original: 'function f() {\n  // ... existing code\n  return 1;\n}',
    answer: fenced('function f() {\n  // ... existing code\n  return 2;\n}'),
    becomes: 'function f() {\n  // ... existing code\n  return 2;\n}',
  },
  {
    title: 'a spread and a comment that ends with dots',
    answer: fenced(better.replace('let sum', '// Adding up…\n  log(...items);\n  let sum')),
    becomes: better.replace('let sum', '// Adding up…\n  log(...items);\n  let sum'),
  },
];

const hunk = `@@ -2,3 +2,3 @@
   let sum = 0;
-  for (let i = 0; i < items.length; i++) {
-    sum = sum + items[i].price;
+  for (const item of items) {
+    sum += item.price;
   }`;

const formats: readonly SampleAnswer[] = [
  { title: 'line numbers and a bar', answer: fenced(numberLines(better, ' | ')) },
  {
    title: 'line numbers and a colon, from where the code stands',
    answer: fenced(numberLines(better, ': ', 7)),
  },
  { title: 'line numbers and a tab', answer: fenced(numberLines(better, '\t')) },
  { title: 'a diff', answer: fenced(`--- a/total.ts\n+++ b/total.ts\n${hunk}`, 'diff') },
  { title: 'a diff without a fence', answer: `--- a/total.ts\n+++ b/total.ts\n${hunk}` },
  { title: 'a diff without file names, under another language', answer: fenced(hunk) },
  {
    title: 'a diff of other code',
    answer: fenced(hunk.replace('let sum', 'let all'), 'diff'),
    refused: /diff that does not fit/,
  },
  {
    title: 'texts to search and replace',
    answer: fenced('<<<<<<< SEARCH\n  let sum = 0;\n=======\n  let sum = 1;\n>>>>>>> REPLACE'),
    refused: /search and replace/,
  },
  {
    title: 'the whole file',
    before: imports,
    after: below,
    answer: fenced(imports + better + below),
    becomes: imports + better + below,
  },
  {
    title: 'the whole file without its last line break',
    before: imports,
    after: below,
    answer: fenced((imports + better + below).trim()),
    becomes: imports + better + below,
  },
  {
    title: 'the whole file with changes outside',
    before: imports,
    after: below,
    answer: fenced((imports + better + below).replace('cents = 100', 'cents = 1')),
    refused: /more than the code that was sent/,
  },
  {
    title: 'another function that stands below',
    after: '\n\nfunction other() {\n  return 1;\n}\n',
    answer: fenced(`${better}\n\nfunction other() {\n  return 2;\n}`),
    refused: /more than the code that was sent/,
  },
  {
    title: 'imports that are there already',
    before: imports,
    after: below,
    answer: fenced(`import { log } from './log';\n\n${better}`),
    becomes: imports + better + below,
  },
  {
    title: 'the class around the method',
    original: method,
    before: 'class Cart extends List {\n',
    after: '\n}\n',
    answer: fenced(`class Cart extends List {\n${betterMethod}\n}`),
    refused: /more than the code that was sent/,
  },
];

export const sampleAnswers: Readonly<Record<string, readonly SampleAnswer[]>> = {
  'fenced in some way': fences,
  'with words': words,
  'with several blocks': several,
  'with fences inside': nested,
  'in another shape': shapes,
  'that leaves code out': elided,
  'with dots of its own': ownDots,
  'in another format': formats,
};
