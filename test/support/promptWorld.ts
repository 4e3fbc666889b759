import { AskCommands } from '../../src/app/ask/askCommands';
import type { CodeToSend } from '../../src/app/ports/editors';
import type { FoundPromptFile, QuestionSources } from '../../src/app/ports/questionSources';
import { PromptCommands } from '../../src/app/prompts/promptCommands';
import { PromptLibrary } from '../../src/app/prompts/promptLibrary';
import { PromptText } from '../../src/app/prompts/promptText';
import { FollowedSpans } from '../../src/core/apply/followedSpans';
import { say } from '../../src/core/base/plainText';
import type { SentCode } from '../../src/core/chat/conversation';
import { estimateCost } from '../../src/core/money/estimate';
import type { VariableName } from '../../src/core/prompts/variables';
import { MaskingWorld } from './maskingWorld';
import type { Simulator } from './simulator';

/** The commands of own prompts in front of a session and a simulator; files, editor and user are played by the test. */
export class PromptWorld {
  readonly files: FoundPromptFile[] = [];
  readonly opened: string[] = [];
  readonly created: string[] = [];
  /** What variables stand for; others are missing. */
  readonly values = new Map<VariableName, string>();
  /** What is selected. */
  code: SentCode | 'neverSent' | undefined;
  readonly asking: MaskingWorld;
  readonly askCommands: AskCommands;
  readonly commands: PromptCommands;

  constructor(simulator: Simulator) {
    this.asking = new MaskingWorld(simulator);
    const { dialogs, session, settings } = this.asking;
    const editors = {
      codeToSend: async () => (this.code ? toSend(this.code) : 'noEditor'),
      selectedCode: () => (typeof this.code === 'object' ? this.code : undefined),
    };
    const variableValue: QuestionSources['variableValue'] = async name => {
      const value = this.values.get(name);
      return value === undefined ? { ok: false, problem: say`there is no ${name}.` } : { ok: true, value };
    };
    const boxes = Object.assign(dialogs, {
      prompt: async () => ({ text: dialogs.answers.shift() ?? '', isAccepted: true }),
      wait: <T>(_title: string, task: Promise<T>) => task,
    });
    this.askCommands = new AskCommands(
      session,
      editors,
      boxes,
      settings,
      new PromptText({ variableValue }, dialogs),
    );
    const sources = {
      promptFiles: async () => this.files,
      openPromptFile: async ({ name }: FoundPromptFile, line: number) =>
        void this.opened.push(`${name}:${line}`),
      promptPlaces: () => [{ label: '.github/prompts', address: 'file:///shop/.github/prompts' }],
      createPromptFile: async (_place: unknown, name: string, text: string) => {
        this.created.push(text);
        return name !== 'taken';
      },
    };
    this.commands = new PromptCommands(
      new PromptLibrary(sources, settings),
      sources,
      this.askCommands,
      {
        of: async (_messages, _id, model, maxTokens) =>
          estimateCost(
            { lowTokens: 1, tokens: 1, highTokens: 1, basis: 'none' },
            maxTokens,
            model?.pricing,
            0,
          ),
      },
      { findCached: async () => undefined },
      editors,
      dialogs,
      settings,
    );
  }

  add(name: string, text: string, source: FoundPromptFile['source'] = 'workspace'): void {
    this.files.push({ name, source, place: '.github/prompts', address: `file:///${name}`, text });
  }
}

const toSend = (code: SentCode | 'neverSent'): CodeToSend | 'neverSent' =>
  code === 'neverSent' ? code : { code, source: { uri: 'file:///shop/a.ts', spans: new FollowedSpans([]) } };
