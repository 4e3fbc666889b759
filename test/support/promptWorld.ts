import { AskCommands } from '../../src/app/ask/askCommands';
import { PreviewChoice } from '../../src/app/ask/previewChoice';
import { RequestPreview } from '../../src/app/ask/requestPreview';
import type { CodeToSend, NewPreview, OpenPreview } from '../../src/app/ports/editors';
import type { FoundPromptFile, QuestionSources } from '../../src/app/ports/questionSources';
import { PromptCommands } from '../../src/app/prompts/promptCommands';
import { PromptLibrary } from '../../src/app/prompts/promptLibrary';
import { PromptText } from '../../src/app/prompts/promptText';
import type { Estimates } from '../../src/app/usage/estimates';
import { FollowedSpans } from '../../src/core/apply/followedSpans';
import { say } from '../../src/core/base/plainText';
import type { SentCode } from '../../src/core/chat/conversation';
import { succeed } from '../../src/core/chat/result';
import { estimateCost } from '../../src/core/money/estimate';
import type { VariableName } from '../../src/core/prompts/variables';
import { openRouter } from '../../src/openrouter/openRouter';
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
  readonly preview: RequestPreview;
  /** The preview in front, and its text as it stands there. */
  previewed: NewPreview | undefined;
  json = '';

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
    const library = new PromptLibrary(sources, settings);
    this.preview = new RequestPreview({
      session,
      choice: new PreviewChoice(session, this.askCommands, library, dialogs, { fresh: async () => [] }),
      editors: {
        openPreview: async preview => {
          this.previewed = preview;
          this.json = preview.json;
        },
        activePreview: () => this.active(),
      },
      endpoints: { current: async () => succeed(this.asking.endpoint) },
      openRouter,
      estimates,
      models: noModels,
      settings,
      dialogs: Object.assign(dialogs, { pickMany: async () => undefined }),
      masking: this.asking.masking,
    });
    this.commands = new PromptCommands({
      library,
      sources,
      ask: this.askCommands,
      preview: this.preview,
      estimates,
      models: noModels,
      editors,
      dialogs,
      settings,
    });
  }

  private active(): OpenPreview | undefined {
    const preview = this.previewed;
    if (!preview) return undefined;
    const write = async (json: string): Promise<void> => {
      this.json = json;
    };
    const close = async (): Promise<void> => {
      this.previewed = undefined;
    };
    return { id: preview.id, json: this.json, write, close };
  }

  add(name: string, text: string, source: FoundPromptFile['source'] = 'workspace'): void {
    this.files.push({ name, source, place: '.github/prompts', address: `file:///${name}`, text });
  }
}

const estimates: Pick<Estimates, 'of'> = {
  of: async (_messages, _id, model, maxTokens) =>
    estimateCost({ lowTokens: 1, tokens: 1, highTokens: 1, basis: 'none' }, maxTokens, model?.pricing, 0),
};

const noModels = { findCached: async () => undefined };

const toSend = (code: SentCode | 'neverSent'): CodeToSend | 'neverSent' =>
  code === 'neverSent' ? code : { code, source: { uri: 'file:///shop/a.ts', spans: new FollowedSpans([]) } };
