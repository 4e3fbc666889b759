import type { ApplyKind } from '../chat/conversation';

/**
 * What a user can ask for by name, as data: commands, menus, the palette and the tests of the manifest follow
 * the list below. A new action needs its row here and its lines in `package.json`.
 */
export interface Action {
  /** Also the last part of the command's id, and what the ledger calls it. */
  readonly id: string;
  /** Heading of the turn; the same words as the command's title. */
  readonly title: string;
  /** What the model is asked to do; undefined when the user types it. */
  readonly instruction?: string;
  /** Whether the code of the active editor goes along. */
  readonly takesCode: boolean;
  /** What its answer is for: it replaces the code, is a new file, or is only read. */
  readonly apply: ApplyKind | 'none';
  /** Problems that VS Code reports in the code go along. */
  readonly takesProblems?: boolean;
}

/** What is asked of every answer that replaces code: whatever else it holds must be taken out again. */
const codeAlone =
  'Answer with the changed code alone, in one code block: all of the code that is to stand in the place of what was sent, and nothing that stands around it. Leave nothing out, not even lines that stay the same, and write no line numbers. Add no words before or after the block.';

const blockForEachPiece =
  'Give one code block for each piece, in the order of the pieces, also where a piece stays the same.';

/** `text`, which asks for something, with how the answer must look for it to replace `pieces` pieces of code. */
export function askForReplacement(text: string, pieces: number): string {
  return [text, codeAlone, ...(pieces > 1 ? [blockForEachPiece] : [])].join(' ');
}

/** Every built-in action, in the order of the menus. */
export const builtInActions = [
  { id: 'ask', title: 'Ask', takesCode: false, apply: 'none' },
  { id: 'askSelection', title: 'Ask About Selection', takesCode: true, apply: 'none' },
  {
    id: 'explain',
    title: 'Explain Selection',
    takesCode: true,
    apply: 'none',
    instruction:
      'Explain this code: first its purpose in one sentence, then how it works step by step, then anything surprising or risky. Do not repeat the code.',
  },
  {
    id: 'fix',
    title: 'Fix Selection',
    takesCode: true,
    takesProblems: true,
    apply: 'replace',
    instruction:
      'Find the bugs in this code and fix them, those that are reported first. Where a cause is not plain to see, say it in a short comment above the line. If there is no bug, give the code as it is.',
  },
  {
    id: 'refactor',
    title: 'Refactor Selection',
    takesCode: true,
    apply: 'replace',
    instruction:
      'Refactor this code so that it is easier to read and change, with the same behaviour and the same public names.',
  },
  {
    id: 'tests',
    title: 'Write Tests for Selection',
    takesCode: true,
    apply: 'newFile',
    instruction:
      'Write unit tests for this code with the test framework that is usual for its language. Cover the normal case, the edges and the errors. Give one code block that runs as it is, then one line on what is not covered.',
  },
  {
    id: 'document',
    title: 'Document Selection',
    takesCode: true,
    apply: 'replace',
    instruction:
      'Write documentation comments for this code in the style usual for its language. Say what it promises, its parameters, units, results and errors; do not retell the code, and change nothing else.',
  },
] as const satisfies readonly Action[];

export type ActionId = (typeof builtInActions)[number]['id'];

/** The beginning of every request: short, and always the same so that providers can cache it. */
export const systemPrompt =
  'You are a careful senior programmer answering inside a code editor. Be concise and concrete. Use Markdown; put code into fenced blocks with the language named, and make the fence of a block longer than any fence inside it. Keep the indentation and style of the code you are given. Say when you are not sure.';
