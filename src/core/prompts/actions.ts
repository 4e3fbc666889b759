import type { ActionChoices, ApplyChoice } from './actionChoices';

/**
 * What a user can ask for by name, as data: commands, menus, the palette and the tests of the manifest follow
 * the list below. A new action needs its row here and its lines in `package.json`.
 */
export interface Action extends ActionChoices {
  /** Also the last part of the command's id, and what the ledger calls it. */
  readonly id: string;
  /** Heading of the turn; the same words as the command's title. */
  readonly title: string;
  /** What the model is asked to do; undefined when the user types it. */
  readonly instruction?: string;
  /** Whether the code of the active editor goes along; `selection`: only what is selected. */
  readonly takesCode: boolean | 'selection';
  /** What its answer is for; undefined: to be read. */
  readonly apply?: ApplyChoice;
}

/** Every built-in action, in the order of the menus. */
export const builtInActions = [
  { id: 'ask', title: 'Ask', takesCode: false },
  { id: 'askSelection', title: 'Ask About Selection', takesCode: true },
  {
    id: 'explain',
    title: 'Explain Selection',
    takesCode: true,
    instruction:
      'Explain this code: first its purpose in one sentence, then how it works step by step, then anything surprising or risky. Do not repeat the code.',
  },
  {
    id: 'fix',
    title: 'Fix Selection',
    takesCode: true,
    instruction:
      'Find the bugs in this code and fix them. Name each bug in one line with its cause, then give the whole corrected code in one code block. If there is no bug, say so and change nothing.',
  },
  {
    id: 'refactor',
    title: 'Refactor Selection',
    takesCode: true,
    instruction:
      'Refactor this code so that it is easier to read and change, with the same behaviour and the same public names. Give the whole new code in one code block, then list what changed and why.',
  },
  {
    id: 'tests',
    title: 'Write Tests for Selection',
    takesCode: true,
    instruction:
      'Write unit tests for this code with the test framework that is usual for its language. Cover the normal case, the edges and the errors. Give one code block that runs as it is, then one line on what is not covered.',
  },
  {
    id: 'document',
    title: 'Document Selection',
    takesCode: true,
    instruction:
      'Write documentation comments for this code in the style usual for its language. Say what it promises, its parameters, units, results and errors; do not retell the code. Give the whole code with the comments in one code block and change nothing else.',
  },
] as const satisfies readonly Action[];

export type ActionId = (typeof builtInActions)[number]['id'];

/** The beginning of every request: short, and always the same so that providers can cache it. */
export const systemPrompt =
  'You are a careful senior programmer answering inside a code editor. Be concise and concrete. Use Markdown; put code into fenced blocks with the language named, and make the fence of a block longer than any fence inside it. Keep the indentation and style of the code you are given. Say when you are not sure.';
