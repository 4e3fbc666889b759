import { emptyAnswer } from '../../../src/core/chat/answer';
import type { CostExplanation } from '../../../src/core/usage/costExplanation';
import type { Passport } from '../../../src/core/usage/passport/passport';
import type { ComposerState, FromAnswerPage, ToAnswerPage } from '../../../src/protocol/answerMessages';
import type { FromModelPage, ToModelPage } from '../../../src/protocol/modelMessages';
import type { TotalsFigures, UsageRow } from '../../../src/protocol/usageFigures';
import type { FromUsagePage, ToUsagePage } from '../../../src/protocol/usageMessages';

/** A message of each type, with every field. */
type Samples<Message extends { readonly type: string }> = {
  readonly [T in Message['type']]: Extract<Message, { readonly type: T }>;
};

const composer: ComposerState = {
  model: 'acme/m1',
  modelName: 'Acme: M1',
  draft: 'Why',
  canSend: true,
  isPreparing: false,
  earlierTurns: 2,
  estimate: '$0.01',
  routing: 'no training',
  capNote: 'Stops at $0.05.',
  cache: { state: 'warm', untilMs: 5, after: 'cold', warmUsd: '0.004', coldUsd: '0.031' },
  leftCache: { leftModel: 'Acme: M2', untilMs: 5, stayUsd: '0.004', switchUsd: '0.031' },
};

const turn = {
  id: 'turn-1',
  action: 'ask',
  title: 'Why?',
  startedAtMs: 5,
  sent: { systemPrompt: '', earlierTurns: 0, prompt: 'Why?', parameters: { model: 'acme/m1', maxTokens: 5 } },
  answer: emptyAnswer,
};

const explanation: CostExplanation = {
  costState: 'billed',
  totalUsd: '0.1',
  parts: [{ kind: 'output', label: 'Output', detail: '1 token', usd: '0.1', percent: 100 }],
  sentence: 'All of it, $0.1, is output.',
  mainKind: 'output',
  comparisons: ['Estimated before sending: $0 to $1.'],
  note: 'x',
  evidence: 'x',
};

const passport: Passport = {
  turnId: 'turn-1',
  at: '2027-01-01T00:00:00.000Z',
  title: 'Why?',
  hasLeft: true,
  files: [{ path: 'src/a.ts', lines: '1–3', scope: 'selection', isEarlier: false }],
  earlierTurns: 0,
  endpoint: 'https://openrouter.ai',
  model: 'acme/m1',
  recipients: [{ provider: 'DeepInfra', answered: true, keepsNothing: true }],
  rules: ['with zero data retention'],
  retention: 'Zero retention was required.',
  training: 'No training was required.',
};

export const toAnswerPage: Samples<ToAnswerPage> = {
  events: { type: 'events', turnId: 'turn-1', events: [{ type: 'text', text: 'Because' }] },
  state: {
    type: 'state',
    state: { conversation: { id: 'talk-1', turns: [turn] }, composer, canUndoNew: false },
  },
  earlierTurns: { type: 'earlierTurns', conversationId: 'talk-1', turns: [turn], missingTurns: 3 },
  turn: { type: 'turn', turn },
  choices: { type: 'choices', choices: { kept: ['turn-1'], shown: [] } },
  composer: { type: 'composer', composer },
  account: { type: 'account', hasKey: false },
  explanation: { type: 'explanation', turnId: 'turn-1', explanation },
  passport: { type: 'passport', passport },
  contextChosen: { type: 'contextChosen' },
  shrinkImage: { type: 'shrinkImage', id: 'image-1', url: 'data:image/png;base64,AA==' },
  refused: { type: 'refused', turnId: 'turn-1', reason: 'The answer holds no code.' },
  focusComposer: { type: 'focusComposer' },
};

export const fromAnswerPage: Samples<FromAnswerPage> = {
  ready: { type: 'ready' },
  send: { type: 'send', text: '' },
  draft: { type: 'draft', text: 'Why' },
  stop: { type: 'stop', turnId: 'turn-1' },
  copy: { type: 'copy', text: 'x' },
  insert: { type: 'insert', text: 'x' },
  newFile: { type: 'newFile', text: 'x', language: 'ts', turnId: 'turn-1', isCode: true },
  replace: { type: 'replace', turnId: 'turn-1', code: 'x' },
  errorAction: { type: 'errorAction', turnId: 'turn-1', action: 'useModel', model: 'acme/m2' },
  compare: { type: 'compare', text: 'Why?' },
  rerun: { type: 'rerun', turnId: 'turn-1' },
  keepAnswer: { type: 'keepAnswer', turnId: 'turn-1' },
  showVersion: { type: 'showVersion', turnId: 'turn-1' },
  continue: { type: 'continue', turnId: 'turn-1' },
  keep: { type: 'keep', turnId: 'turn-1' },
  openLink: { type: 'openLink', href: 'https://openrouter.ai' },
  explainCost: { type: 'explainCost', turnId: 'turn-1' },
  openInOpenRouter: { type: 'openInOpenRouter', turnId: 'turn-1' },
  showPassport: { type: 'showPassport', turnId: 'turn-1' },
  copyRequest: { type: 'copyRequest', turnId: 'turn-1', format: 'curl' },
  addContext: { type: 'addContext' },
  removeContext: { type: 'removeContext', ids: ['chip-1'] },
  addFiles: { type: 'addFiles', uris: ['file:///a.ts'] },
  addImage: { type: 'addImage', url: 'data:image/png;base64,AA==', name: 'a.png', id: 'image-1' },
  useLargerModel: { type: 'useLargerModel', model: 'acme/m2' },
  pickVisionModel: { type: 'pickVisionModel' },
  saveImage: { type: 'saveImage', turnId: 'turn-1', index: 0 },
  showResponse: { type: 'showResponse', turnId: 'turn-1' },
  pickModel: { type: 'pickModel' },
  showModel: { type: 'showModel', turnId: 'turn-1' },
  lookUpParameters: { type: 'lookUpParameters', model: 'acme/m1' },
  setParameter: { type: 'setParameter', model: 'acme/m1', name: 'temperature', value: '0.2' },
  resetParameters: { type: 'resetParameters', model: 'acme/m1' },
  pickRouting: { type: 'pickRouting' },
  firstStep: { type: 'firstStep', step: 'signIn' },
  newConversation: { type: 'newConversation' },
  undoNewConversation: { type: 'undoNewConversation' },
  pageError: { type: 'pageError', message: 'x' },
};

const totals: TotalsFigures = {
  spentUsd: '0.1',
  estimatedUsd: '0',
  heldUsd: '0',
  requests: 1,
  estimatedRequests: 0,
  pendingRequests: 0,
  unknownRequests: 0,
  promptTokens: 1,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  completionTokens: 1,
  reasoningTokens: 0,
};

const row: UsageRow = {
  id: 'row-1',
  startedAt: 5,
  origin: 'command',
  action: 'ask',
  requestedModel: 'acme/m1',
  maxTokens: 5,
  outcome: 'completed',
  costState: 'billed',
  costUsd: '0.1',
};

const whatIfFigures = {
  requests: 1,
  costUsd: '2',
  lowUsd: '0.5',
  likelyUsd: '1',
  highUsd: '1.5',
  differenceUsd: '-1',
};

const split = { parts: [{ ...totals, value: 'acme/m1' }], moreParts: 0 };

export const toUsagePage: Samples<ToUsagePage> = {
  summary: {
    type: 'summary',
    summary: {
      nowMs: 5,
      timeZone: 'UTC',
      location: '/ledger.sqlite',
      totals: { today: totals, week: totals, month: totals, all: totals },
      period: 'month',
      chart: { unit: 'day', boundariesMs: [0, 5], spans: [totals] },
      splits: { model: split, provider: split, action: split, workspace: split, language: split },
      savings: { savedUsd: '0', writeExtraUsd: '0', unpricedModels: 0 },
      mostExpensive: [row],
    },
  },
  list: {
    type: 'list',
    list: { listId: 1, filter: {}, sort: 'time', ascending: false, rowCount: 1, rows: [row], isLast: true },
  },
  page: { type: 'page', listId: 1, index: 2, rows: [row], isLast: true },
  row: { type: 'row', row },
  details: { type: 'details', details: { row, explanation, prompt: 'Why?', answer: 'Because' } },
  reconcile: {
    type: 'reconcile',
    reconcile: {
      phase: 'running',
      periodText: 'Today (UTC)',
      total: 1,
      checked: 0,
      same: 0,
      notFound: 0,
      withoutId: 0,
      failed: 0,
      oursUsd: '0',
      theirsUsd: '0',
      differing: [],
      differingCount: 0,
      adoptable: 0,
    },
  },
  whatIf: {
    type: 'whatIf',
    whatIf: {
      offered: ['acme/m1'],
      choice: { model: 'acme/m1', route: 'flex' },
      isReading: false,
      result: {
        rows: [{ action: 'fix', models: ['acme/m2', 'acme/m1'], ...whatIfFigures }],
        total: whatIfFigures,
        isFree: false,
        notes: ['x'],
      },
    },
  },
  problem: { type: 'problem', sentence: 'x' },
};

export const fromUsagePage: Samples<FromUsagePage> = {
  ready: { type: 'ready' },
  period: { type: 'period', period: 'week' },
  list: {
    type: 'list',
    filter: { text: 'gpt', model: 'a/b', outcome: 'failed', costState: 'pending', fromMs: 0, toMs: 5 },
    sort: 'cost',
    ascending: true,
  },
  page: { type: 'page', listId: 1, index: 0 },
  open: { type: 'open', id: 'x' },
  copy: { type: 'copy', text: 'x' },
  openLogs: { type: 'openLogs', id: 'gen-1' },
  openInOpenRouter: { type: 'openInOpenRouter', id: 'row-1' },
  revealFile: { type: 'revealFile' },
  export: { type: 'export' },
  reconcile: { type: 'reconcile' },
  stopReconcile: { type: 'stopReconcile' },
  resumeReconcile: { type: 'resumeReconcile' },
  closeReconcile: { type: 'closeReconcile' },
  adoptFigures: { type: 'adoptFigures' },
  deleteHistory: { type: 'deleteHistory' },
  whatIf: { type: 'whatIf', model: 'acme/m1', route: 'listed' },
  whatIfOther: { type: 'whatIfOther', route: 'floor' },
  tryWhatIf: { type: 'tryWhatIf', action: 'fix' },
  ask: { type: 'ask' },
  pageError: { type: 'pageError', message: 'x' },
};

export const toModelPage: Samples<ToModelPage> = {
  model: {
    type: 'model',
    state: {
      model: {
        id: 'acme/m1',
        name: 'Acme: M1',
        address: 'https://openrouter.ai/acme/m1',
        signs: [],
        isNew: false,
        warnings: [],
        description: [],
        prices: [],
        facts: [],
        parameters: [],
        scores: [],
      },
      inUseAs: 'acme/m1',
      isFavourite: true,
      routing: 'only acme',
      pin: 'acme',
      listNote: 'x',
    },
  },
  missing: { type: 'missing', sentence: 'x' },
  endpoints: { type: 'endpoints', endpoints: { phase: 'known', atMs: 5, rows: [] } },
  chart: {
    type: 'chart',
    chart: {
      points: [],
      ratio: '3:1',
      isOwnRatio: false,
      source: 'x',
      total: 0,
      withoutIndex: 0,
      withoutPrice: 0,
      comparison: 'x',
    },
  },
};

export const fromModelPage: Samples<FromModelPage> = {
  ready: { type: 'ready' },
  use: { type: 'use', model: 'acme/m1' },
  useEndpoint: { type: 'useEndpoint', model: 'acme/m1', tag: 'acme' },
  anyProvider: { type: 'anyProvider' },
  compare: { type: 'compare', model: 'acme/m1' },
  compareEndpoints: { type: 'compareEndpoints', model: 'acme/m1', tag: 'acme' },
  star: { type: 'star', model: 'acme/m1' },
  show: { type: 'show', model: 'acme/m1' },
  lookUp: { type: 'lookUp' },
  pickRouting: { type: 'pickRouting' },
  copy: { type: 'copy', text: 'x' },
  openLink: { type: 'openLink', href: 'https://openrouter.ai' },
  pageError: { type: 'pageError', message: 'x' },
};
