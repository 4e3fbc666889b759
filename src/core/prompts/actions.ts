/** The actions that are applied to code. `ask` and `askSelection` carry the user's own words instead. */
export type CodeActionId = 'explain' | 'fix' | 'refactor' | 'tests' | 'document';

export interface CodeAction {
  readonly id: CodeActionId;
  /** Heading of the turn; the same words as the command's title. */
  readonly title: string;
  /** What the model is asked to do with the code. */
  readonly instruction: string;
}

export const codeActions: Readonly<Record<CodeActionId, CodeAction>> = {
  explain: {
    id: 'explain',
    title: 'Explain Selection',
    instruction:
      'Explain this code: first its purpose in one sentence, then how it works step by step, then anything surprising or risky. Do not repeat the code.',
  },
  fix: {
    id: 'fix',
    title: 'Fix Selection',
    instruction:
      'Find the bugs in this code and fix them. Name each bug in one line with its cause, then give the whole corrected code in one code block. If there is no bug, say so and change nothing.',
  },
  refactor: {
    id: 'refactor',
    title: 'Refactor Selection',
    instruction:
      'Refactor this code so that it is easier to read and change, with the same behaviour and the same public names. Give the whole new code in one code block, then list what changed and why.',
  },
  tests: {
    id: 'tests',
    title: 'Write Tests for Selection',
    instruction:
      'Write unit tests for this code with the test framework that is usual for its language. Cover the normal case, the edges and the errors. Give one code block that runs as it is, then one line on what is not covered.',
  },
  document: {
    id: 'document',
    title: 'Document Selection',
    instruction:
      'Write documentation comments for this code in the style usual for its language. Say what it promises, its parameters, units, results and errors; do not retell the code. Give the whole code with the comments in one code block and change nothing else.',
  },
};

/** The beginning of every request: short, and always the same so that providers can cache it. */
export const systemPrompt =
  'You are a careful senior programmer answering inside a code editor. Be concise and concrete. Use Markdown; put code into fenced blocks with the language named. Keep the indentation and style of the code you are given. Say when you are not sure.';
