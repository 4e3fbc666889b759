import { IdleQueue } from '../../shared/idleQueue';
import { MarkdownView } from './markdownView';

const sample = `# a

Some *text* with \`code\`, **weight**, [a link](https://example.com) and https://example.com.

1. one
   - two

| a | b |
| --- | --- |
| c | d |

\`\`\`ts
const a = 1;
\`\`\`
`;

/** Runs the renderer once while the page waits, so that its code is compiled when the first answer comes. */
export function warmUp(): void {
  const view = new MarkdownView(document.createElement('div'), new IdleQueue());
  view.append(sample);
  view.complete();
  view.paint(Number.POSITIVE_INFINITY);
}
