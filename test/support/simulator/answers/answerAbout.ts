import { cannedAnswers, cannedChanges, cannedTests } from './cannedAnswers';
import type { Action, Prompt } from './prompt';

const declaration = /\b(?:function\*?|class|def|fn|func|fun|struct|interface|const|let|var)\s+(\w+)/;

/** An answer in markdown that names the code it was sent. The same for the same prompt. */
export function answerAbout({ action, code, language, text, turn }: Prompt): string {
  const lines = code.split(/\r?\n/);
  const question = text.split('\n').find(line => line.trim() !== '') ?? '';
  const values: Readonly<Record<string, string>> = {
    name: declaration.exec(code)?.[1] ?? 'this code',
    lines: String(lines.length),
    language,
    code: changed(code, action),
    excerpt: lines.slice(0, 6).join('\n'),
    mark: /^(?:python|py|ruby|rb|sh|bash|shellscript|yaml|r)$/.test(language) ? '#' : '//',
    question: question.trim().slice(0, 120),
    turn: turn > 1 ? ` (turn ${turn})` : '',
    test: cannedTests[language] ?? cannedTests[''] ?? '',
  };
  const fill = (template: string): string =>
    template.replace(
      /\{(name|lines|language|code|excerpt|mark|question|turn)\}/g,
      (_, key) => values[key] ?? '',
    );
  return fill(cannedAnswers[action].replace('{test}', () => values.test ?? ''));
}

/** As the simulator changes it for the action, without spaces at the ends of lines. */
function changed(code: string, action: Action): string {
  const [pattern, replacement] = cannedChanges[action] ?? [];
  const trimmed = code.replace(/[ \t]+$/gm, '');
  return pattern && replacement !== undefined ? trimmed.replace(pattern, replacement) : trimmed;
}
