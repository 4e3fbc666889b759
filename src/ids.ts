import { type ActionId, builtInActions } from './core/prompts/actions';

/** Every id that VS Code, users' key bindings or tests know us by. Nothing else spells them out. */
export const extensionId = 'ask-openrouter.ask-openrouter';

/** The command that runs an action. */
const actionCommands = Object.fromEntries(builtInActions.map(({ id }) => [id, `askOpenRouter.${id}`])) as {
  readonly [Id in ActionId]: `askOpenRouter.${Id}`;
};

export const commands = {
  ...actionCommands,
  compare: 'askOpenRouter.compare',
  rerun: 'askOpenRouter.rerun',
  runPrompt: 'askOpenRouter.runPrompt',
  newPrompt: 'askOpenRouter.newPrompt',
  addContext: 'askOpenRouter.addContext',
  selectModel: 'askOpenRouter.selectModel',
  showModel: 'askOpenRouter.showModel',
  setApiKey: 'askOpenRouter.setApiKey',
  signIn: 'askOpenRouter.signIn',
  removeApiKey: 'askOpenRouter.removeApiKey',
  checkConnection: 'askOpenRouter.checkConnection',
  showPanel: 'askOpenRouter.showPanel',
  newConversation: 'askOpenRouter.newConversation',
  acceptChange: 'askOpenRouter.acceptChange',
  discardChange: 'askOpenRouter.discardChange',
  stop: 'askOpenRouter.stop',
  continueAnswer: 'askOpenRouter.continueAnswer',
  showConversations: 'askOpenRouter.showConversations',
  showLog: 'askOpenRouter.showLog',
  copyDiagnostics: 'askOpenRouter.copyDiagnostics',
  routing: 'askOpenRouter.routing',
  showUsage: 'askOpenRouter.showUsage',
  exportUsage: 'askOpenRouter.exportUsage',
  reconcileUsage: 'askOpenRouter.reconcileUsage',
  deleteUsage: 'askOpenRouter.deleteUsage',
  commitMessage: 'askOpenRouter.commitMessage',
  previewRequest: 'askOpenRouter.previewRequest',
  leaveOutParts: 'askOpenRouter.leaveOutParts',
  copyRequestAs: 'askOpenRouter.copyRequestAs',
  showRawResponse: 'askOpenRouter.showRawResponse',
  openInOpenRouter: 'askOpenRouter.openInOpenRouter',
} as const;

/** Commands that only our own links, pages and status bar items run; not in the palette. */
export const internalCommands = {
  refreshCredit: 'askOpenRouter.refreshCredit',
  pressNews: 'askOpenRouter.pressNews',
  /** Behind light bulbs and code lenses: only a number goes along, of a place that was offered. */
  runOffered: 'askOpenRouter.runOffered',
  openSample: 'askOpenRouter.openSample',
  openWalkthrough: 'askOpenRouter.openWalkthrough',
} as const;

/**
 * Those that take one argument: from key bindings a name, an id or a format, never a prompt, code, key or address;
 * `commitMessage` from Source Control which repository is meant, `addContext` from the Explorer which files.
 */
export const commandsWithArgument: ReadonlySet<string> = new Set<CommandId>([
  'askOpenRouter.addContext',
  'askOpenRouter.commitMessage',
  'askOpenRouter.copyRequestAs',
  'askOpenRouter.selectModel',
  'askOpenRouter.showModel',
  'askOpenRouter.compare',
  'askOpenRouter.rerun',
  'askOpenRouter.runPrompt',
]);

export type CommandId = (typeof commands)[keyof typeof commands];

/** The section all settings live in; the keys below are relative to it. */
export const settingsSection = 'askOpenRouter';

export const settings = {
  baseUrl: 'baseUrl',
  model: 'model',
  maxTokens: 'maxTokens',
  parameters: 'parameters',
  reasoning: 'reasoning',
  modelParameters: 'modelParameters',
  systemPrompt: 'systemPrompt',
  fallbackModels: 'fallbackModels',
  favouriteModels: 'favouriteModels',
  allowedModels: 'allowedModels',
  blockedModels: 'blockedModels',
  actions: 'actions',
  codeLens: 'codeLens',
  routing: 'routing',
  noBytesSeconds: 'stallLimits.noBytesSeconds',
  noDataSeconds: 'stallLimits.noDataSeconds',
  attributionReferer: 'attribution.referer',
  attributionTitle: 'attribution.title',
  historyEnabled: 'history.enabled',
  storeText: 'ledger.storeText',
  compareSets: 'compareSets',
  promptCache: 'promptCache',
  secretScan: 'secretScan',
  neverSend: 'neverSend',
  promptFolders: 'promptFolders',
  statusBar: 'statusBar',
  budgetPerRequest: 'budget.perRequest',
  budgetSession: 'budget.session',
  budgetDaily: 'budget.daily',
  budgetMonthly: 'budget.monthly',
  budgetMaxAnswerCost: 'budget.maxAnswerCost',
} as const;

/** Context keys for `when` clauses. */
export const contextKeys = {
  /** True while at least one request of this window runs. */
  isRunning: 'askOpenRouter.isRunning',
  /** True when a key is stored for the current base URL. */
  hasKey: 'askOpenRouter.hasKey',
  /** True when an answer has come in this window. */
  hasAnswer: 'askOpenRouter.hasAnswer',
  /** Several models have answered the same in this window. */
  hasComparison: 'askOpenRouter.hasComparison',
  /** True when at least one spending limit is set. */
  hasLimit: 'askOpenRouter.hasLimit',
} as const;

/** What VS Code keeps for us over all windows. */
export const mementos = {
  /** True while requests wait for their cost, so that the next start goes on asking. */
  hasUnsettled: 'askOpenRouter.hasUnsettled',
  /** Origins for which the user was asked about the environment's key. */
  environmentKeyAsked: 'askOpenRouter.environmentKeyAsked',
  /** Origins for which a key was stored and not removed. */
  keyStored: 'askOpenRouter.keyStored',
} as const;

/** The pages: VS Code brings their panels back after a reload by these names. */
export const viewTypes = {
  answer: 'askOpenRouter.answer',
  usage: 'askOpenRouter.usage',
  model: 'askOpenRouter.modelPage',
} as const;

export type ViewType = (typeof viewTypes)[keyof typeof viewTypes];

/** Addresses of documents that are proposed and not accepted yet; `package.json` names it, too. */
export const proposalScheme = 'askopenrouter-proposal';

/** The first steps, in VS Code's welcome pages. */
export const walkthroughId = 'firstSteps';
