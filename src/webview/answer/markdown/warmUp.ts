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

/** Has the parser compile its patterns while the page waits, so that the first answer need not. */
export function warmUp(): void {
  const view = new MarkdownView(document.createElement('div'), new IdleQueue());
  view.append(sample);
  view.complete();
  view.paint(Number.POSITIVE_INFINITY);
}
