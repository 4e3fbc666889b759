/** Numbers that look random and can be had again. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export type Random = () => number;

export const pick = <T>(random: Random, values: readonly T[]): T =>
  values[Math.floor(random() * values.length)] as T;

const words =
  'the a reader takes chunk keeps what is incomplete and hands on rest before value returns parser state each of them when it ends sooner than expected, however long this may be for'.split(
    ' ',
  );
const names = ['readStep', 'total', 'parseLine', 'cartOf', 'sum', 'nextToken', 'isReady'];

const sentence = (random: Random): string => {
  const count = 5 + Math.floor(random() * 14);
  const text = Array.from({ length: count }, () => pick(random, words)).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${pick(random, ['.', '.', '?', ' 🎉.', ' 👩‍💻!'])}`;
};

const paragraph = (random: Random): string =>
  Array.from({ length: 1 + Math.floor(random() * 4) }, () => sentence(random)).join(' ');

function code(random: Random): string {
  const language = pick(random, ['ts', 'python', 'rust', '', 'html']);
  const fence = pick(random, ['```', '```', '````', '~~~']);
  const body = Array.from({ length: 3 + Math.floor(random() * 12) }, (_, index) => codeLine(random, index));
  return `${fence}${language}\n${body.join('\n')}\n${fence}`;
}

function codeLine(random: Random, index: number): string {
  const name = `${pick(random, names)}${Math.floor(random() * 40)}`;
  return pick(random, [
    `  const ${name} = ${pick(random, names)}(${Math.floor(random() * 1e4)}, '🚀 ${pick(random, words)}');`,
    `if (${name} > ${index}) {`,
    `    return ${name} + ${Math.floor(random() * 100)};`,
    '  }',
    '}',
    '',
    `    </div>`,
    `// ${sentence(random)}`,
    `def ${name}(x):`,
  ]);
}

function table(random: Random): string {
  const rows = Array.from(
    { length: 2 + Math.floor(random() * 6) },
    (_, index) => `| ${pick(random, names)} ${index} | ${Math.floor(random() * 1000)} |`,
  );
  return ['| name | value |', '| --- | ---: |', ...rows].join('\n');
}

const list = (random: Random): string =>
  Array.from(
    { length: 2 + Math.floor(random() * 5) },
    (_, index) => `${pick(random, ['-', `${index + 1}.`, '  -'])} ${sentence(random)}`,
  ).join('\n');

/** An answer in Markdown with prose, code, tables, lists and signs of two UTF-16 units. */
export function makeAnswerText(random: Random): string {
  const blocks = Array.from({ length: 3 + Math.floor(random() * 6) }, (_, index) =>
    pick(random, [
      paragraph,
      paragraph,
      code,
      code,
      table,
      list,
      (chance: Random) => `## Step ${index}: ${sentence(chance)}`,
    ])(random),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** Where an answer is cut: anywhere, or just within a code block, a table or a pair of surrogates. */
export function pickCut(text: string, random: Random): number {
  const places = [
    /[\ud800-\udbff](?=[\udc00-\udfff])/g,
    /^\|.*\|$/gm,
    /^(?:```+|~~~)[\s\S]*?^(?:```+|~~~)$/gm,
  ];
  const kind = Math.floor(random() * 4);
  const matches = kind < 3 ? [...text.matchAll(places[kind] as RegExp)] : [];
  const match = matches[Math.floor(random() * matches.length)];
  if (!match) return 8 + Math.floor(random() * (text.length - 9));
  const inside = kind === 0 ? 1 : Math.floor(random() * match[0].length);
  return Math.max(8, match.index + inside);
}
