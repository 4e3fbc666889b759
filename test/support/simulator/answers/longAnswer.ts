import { countTokens, firstTokens } from './tokens';

/** One section of mixed markdown; `number` makes every section differ. */
const section = (number: number): string => `## Section ${number}: reading step ${number}

The **reader** of step ${number} takes a chunk, keeps what is *incomplete*, and hands on the rest; see
[the notes](https://example.com/notes/${number}) and \`readStep${number}\`.

- first, ${number} bytes are enough for a header
- then the body follows
  - nested: ${number * 2} bytes at most
- last, a checksum

\`\`\`ts
export function readStep${number}(bytes: Uint8Array): number {
  let sum = ${number};
  for (const byte of bytes) sum = (sum * 31 + byte) % 65521;
  return sum;
}
\`\`\`

| column | value |
| --- | ---: |
| step | ${number} |
| double | ${number * 2} |

> Quoted: step ${number} never blocks.

1. Open.
2. Read ${number} times.
3. Close.

`;

/** An answer of exactly `tokens` tokens of mixed markdown. */
export function longAnswer(tokens: number): string {
  const parts: string[] = [];
  let count = 0;
  for (let number = 1; count < tokens; number++) {
    const text = section(number);
    parts.push(text);
    count += countTokens(text);
  }
  return firstTokens(parts.join(''), tokens);
}
