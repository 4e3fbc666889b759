const fence = '```';
const rtl = '\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd';
const ls = '\u2028';
const readme = (language: string): string =>
  `Here is it:\n\n${fence}${language}\n# Title\n\n${fence}sh\nnpm install\n${fence}\n\nDone.\n${fence}\n\nThat was it.\n`;

/** Sixty answers, each with something that a renderer of growing text may get wrong. */
export const texts: Readonly<Record<string, string>> = {
  plain: 'One **two** three *four* `five` and [six](https://example.com).\nNext line.\n\nEnd',
  headings: '# One\n\n## Two\nText\n\nSetext\n======\n\nOther\n---\nAfter\n\n### Three ###\n',
  lists: '- a\n- b\n  - c\n  - d\n\n    more of d\n- e\n\n1. one\n2. two\n\n   two again\n3. three\n\nText\n',
  'loose list': '- a\n\n- b\n\n- c\n\nText\n',
  'list after text': 'Text:\n- a\n- b\nlazy\n\n* c\n* d\n+ e\n',
  'numbered from 7': '7. seven\n8. eight\n\n1) other\n2) list\n',
  quotes: '> a\n> > b\n> c\nlazy\n\n> - d\n>   e\n\nText\n',
  table: '| a | b |\n| :-- | --: |\n| 1 | `2` |\n| **3** | |\n\nText | no table\n',
  'table without end': 'Text\n\n| a | b |\n|---|---|\n| 1 | 2 |',
  rules: 'a\n\n---\n\n***\n\nb\n***\nc\n',
  code: `Look:\n\n${fence}ts\nconst a = 1;\n\nlet b;\n${fence}\n\nAfter\n`,
  'code without language': `${fence}\nplain <b> & "text"\n${fence}\nText right after\n`,
  'code without end': `Text\n${fence}js\nlet a;\n\n  let b;\n`,
  'code without last line end': `${fence}js\nlet a;\n${fence}`,
  'empty code': `${fence}\n${fence}\n\n${fence}js\n\n${fence}\nEnd`,
  tildes: `~~~py\n${fence}\nprint(1)\n${fence}\n~~~\n\nAfter ~~gone~~\n`,
  'long fence': `${fence}\`md\n${fence}js\nx\n${fence}\n${fence}\`\nAfter\n`,
  'longer closing fence': `${fence}js\nx\n${fence}${fence}  \nAfter\n`,
  'fence with words behind': `${fence}js\nx\n${fence} no end\ny\n${fence}\nAfter\n`,
  'indented fence': `  ${fence}js\n  a\n b\n   c\n\td\n  ${fence}\nAfter\n`,
  'fence indented too far': `${fence}\na\n    ${fence}\nb\n   ${fence}\nAfter\n`,
  'fence in a list': `- a\n\n  ${fence}js\n  x\n    y\n  ${fence}\n- b\n\n1. c\n   ${fence}\n   z\n   ${fence}\n   d\n`,
  'fence in a quote': `> ${fence}js\n> x\n> ${fence}\n> y\n\nText\n`,
  'indented code': 'Text\n\n    code\n      more\n\n    again\n\nText\n',
  'fence with backtick in its info': `${fence}js \`x\`\nno code\n${fence}\ncode\n`,
  'crlf around a fence': `Intro\r\n\r\n${fence}ts\r\nconst a = 1;\r\nlet b;\r\n${fence}\r\n\r\nThis **prose** comes after.\r\n\r\n- one\r\n`,
  'crlf in a list': '- a\r\n- b\r\n\r\n  c\r\n\r\nText\r\nmore  \r\nbreak\r\n',
  'cr alone': `One\rtwo\r\r${fence}js\rx\r${fence}\rAfter\r`,
  'cr at the end': `${fence}js\nx\n${fence}\r`,
  'crlf in a table': '| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\nText\r\n',
  'mixed line ends': 'a\r\nb\nc\rd\n\r\ne\r\n\nf',
  'line separator before a fence': `${fence}js\nconst s = "a ${ls}${fence}${ls}b";\n${fence}\n\nAfter`,
  'line separator behind a fence': `${fence}js\nx\n${fence}${ls}\ny\n${fence}\nAfter\n`,
  'paragraph separator': `One\u2029two\n\n${fence}\na\u2029${fence}\u2029b\n${fence}\nAfter`,
  'line separator and indentation': `  ${fence}\n  a${ls}  b\n  ${fence}\nAfter`,
  'next line': `${fence}\na\u0085${fence}\u0085b\n${fence}\nAfter`,
  'nul character': `a\0b\n\n${fence}\nc\0d\n${fence}\n`,
  'late references':
    'See [a], [b][c] and [d].\n\nText\n\n- [a]\n\n[a]: https://example.com/a\n[c]: https://example.com/c "C"\n',
  'definition on two lines':
    '[a]:\nhttps://example.com/long/address\n\nSee [a].\n\n[a]: https://example.com/second\n',
  'definition cut short': 'See [a].\n\n[a]: https://example.com/one/two/three',
  links:
    '<https://ok.example> https://example.com/x. [x](javascript:alert(1)) ![i](https://example.com/i.png)\n',
  escapes: '\\*not\\* \\_this\\_ \\# \\[x\\] \\(see below\\) \\\\ &amp; &copy; \\`a\\`\n',
  emphasis: '**a *b* c** ***d*** _e_f_ __g__ ~~h~~ *i\nj* 2 * 3 * 4 a_b_c\n',
  'code in text': 'A ``b ` c`` d `e\nf` g ` h\n',
  html: '<script>alert(1)</script>\n\n<b onclick="x">y</b> <img src=x>\n\n<div>\n\ntext\n\n</div>\n',
  'safe html':
    'x<sub>2</sub> y<sup>*3*</sup> <kbd>Ctrl</kbd><br>a<BR/>b<br />c <sub>open `</sub>` </sub> <sub class=x>no</sub>\n',
  'breaks in a table': '| Step | What |\n|---|---|\n| 1 | read<br>parse<br/>check |\n\nx\n',
  details: `<details>\n<summary>More **here**</summary>\n\nHidden **text**.\n\n${fence}html\n</details>\n${fence}\n\n- a\n\n</details>\n\nAfter\n`,
  'details in details':
    '<details><summary>A</summary>\n\nOne\n\n<details open>\n<summary>B</summary>\nTwo\n</details>\n\nThree\n</details>\nAfter\n',
  'details without end': 'Text\n\n<details>\n<summary>A</summary>\n\nOne\n\nTwo\n',
  comments:
    '<!-- a comment -->\n\nText <!-- in it --> goes on\n\n<!-- two\n- lines\n-->\n\n<!-- open\n# Heading\n\nEnd\n',
  tasks:
    '- [ ] open task\n- [x] done **task**\n- [X] done, too\n- [] none\n- [ ]\n\n1. [ ] first\n\n   more\n\n[ ] no item\n',
  footnotes:
    'Text with a note[^1] and another[^long-name], and none[^x].\n\n- item[^1]\n\n[^1]: The note *itself*.\n[^long-name]: Second\n  goes on.\n\nAfter\n',
  'footnote in a list': '- a[^n]\n\n[^n]: Word\n\nEnd [^n]',
  math: 'The roots are \\(x_{1,2} = \\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}\\) and\n\n\\[\n\\sum_{i=1}^{n} a_i * b_i * c_i, \\quad \\{1,\\,2\\}\n\\]\n\nAlso $a_i*b_i*c_i$, and it costs $5 and $6.\n',
  'math over lines':
    'Text\n$$\na\n+ b\n- c\n= d\n$$\nAfter\n\n\\[ x = 1\n# no heading\n\\].\n\n- \\[\n  y = *2*\n  \\]\n- $$z^2$$\n',
  'math without end': '\\[\nx = 1\n- y\n\n- item\n\n$$\n1. a\n\nText $x and\n',
  'readme in a fence': readme('markdown'),
  'readme twice': `${readme('md')}${readme('markdown')}`,
  'readme without end': `${fence}markdown\n# T\n\n${fence}sh\nx\n${fence}\n\nProse after.\n\n${fence}ts\nlet a;\n${fence}\n\nEnd\n`,
  'right to left': `${rtl} \`let a = "${rtl}";\` English\n\n${fence}js\nlet b = "${rtl}"; // ${rtl}\n${fence}\n`,
  'hidden characters': `${fence}js\nif (a\u202e) { \u2066// x\u2069\nlet b\u200b = "\u{e0041}";\n${fence}\n\n\`a\u202eb\` and \ufefftext\n`,
  'long list': Array.from({ length: 120 }, (_, at) => `1. item ${at} with **weight** and \`code\`\n`).join(
    '',
  ),
  'long table': `| a | b |\n| --- | --- |\n${Array.from({ length: 30 }, (_, at) => `| left ${at} | right ${at} |\n`).join('')}\nEnd\n`,
};

/** `text` cut into pieces at random, mostly short ones; the same for the same seed. */
export function cutsOf(text: string, seed: number): string[] {
  const longest = [1, 3, 8, 20, 90][seed % 5] ?? 8;
  const pieces: string[] = [];
  let state = seed * 7919 + 1;
  for (let at = 0; at < text.length; ) {
    state = (state * 48_271) % 2_147_483_647;
    const length = 1 + (state % longest);
    pieces.push(text.slice(at, at + length));
    at += length;
  }
  return pieces;
}
