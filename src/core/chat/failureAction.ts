import { formatCount } from '../base/formatCount';
import type { Failure } from './failure';

/** What a button beside a failure does. */
export type FailureAction =
  | 'signIn'
  | 'setKey'
  | 'getKey'
  | 'pickFreeModel'
  | 'pickModel'
  | 'pickVisionModel'
  /** Choose among the models that the server suggested. */
  | 'pickSuggestedModel'
  | 'openCredits'
  | 'openKeySettings'
  | 'openPrivacySettings'
  | 'openBaseUrlSetting'
  | 'openMaxTokensSetting'
  /** The list of models that may, or may not, be asked. */
  | 'openModelRules'
  | 'openStallSetting'
  | 'retry'
  /** Make one of the failure's `alternatives` the model in force, and ask again. */
  | 'useModel'
  /** Ask again without the provider that failed, this once. */
  | 'ignoreProvider'
  /** Ask again without the rules that left no provider, this once. */
  | 'relaxOnce'
  | 'openRouting'
  /** Ask again by itself, without the turns that went along. */
  | 'dropEarlierTurns'
  | 'openFallbacksSetting'
  | 'openProxySettings'
  | 'openOpenRouter'
  /** Ask again with `affordableTokens` as `max_tokens`. */
  | 'retryWithFewerTokens'
  /** Send what a spending limit stopped, this once. */
  | 'sendOnce'
  /** Ask a free model although nothing free seems to be left today. */
  | 'sendFreeAnyway'
  /** Ask again at the price that the failure offers, this once. */
  | 'allowPrice'
  | 'changeLimit'
  | 'pickCheaperModel'
  | 'checkConnection'
  | 'showLog';

export interface FailureText {
  /** One plain sentence: what happened and what to do. */
  readonly sentence: string;
  /** Buttons in order of usefulness; the first is the fix. */
  readonly actions: readonly FailureAction[];
}

export const actionLabels: Readonly<Record<FailureAction, string>> = {
  signIn: 'Sign In',
  setKey: 'Set API Key',
  getKey: 'Get a Key',
  pickFreeModel: 'Pick a Free Model',
  pickModel: 'Pick Another Model',
  pickVisionModel: 'Pick a Model With Vision',
  pickSuggestedModel: 'Pick a Suggested Model',
  openCredits: 'Open Credits Page',
  openKeySettings: 'Open Key Settings',
  openPrivacySettings: 'Open Privacy Settings',
  openBaseUrlSetting: 'Open Setting',
  openMaxTokensSetting: 'Change maxTokens',
  openModelRules: 'Open Setting',
  openStallSetting: 'Change Limit',
  retry: 'Retry',
  useModel: 'Use This Model',
  ignoreProvider: 'Try Another Provider',
  relaxOnce: 'Relax Once',
  openRouting: 'Change Routing',
  dropEarlierTurns: 'Retry Without Earlier Turns',
  openFallbacksSetting: 'Set Fallback Models',
  openProxySettings: 'Open Proxy Settings',
  openOpenRouter: 'Open OpenRouter in the Browser',
  retryWithFewerTokens: 'Retry With a Smaller Limit',
  sendOnce: 'Send Once Anyway',
  sendFreeAnyway: 'Send Anyway',
  allowPrice: 'Allow This Price Once',
  changeLimit: 'Change Limit',
  pickCheaperModel: 'Pick a Cheaper Model',
  checkConnection: 'Check Connection',
  showLog: 'Show Log',
};

/** The label of the button of `action` beside `failure`; `useModel` has one for each model. */
export function labelOf(action: FailureAction, { affordableTokens, provider }: Failure): string {
  if (action === 'retryWithFewerTokens' && affordableTokens !== undefined)
    return `Retry With ${formatCount(affordableTokens)} Tokens`;
  if (action === 'ignoreProvider' && provider !== undefined) return `Retry Without ${provider}`;
  return actionLabels[action];
}

export function text(sentence: string, ...actions: FailureAction[]): FailureText {
  return { sentence, actions };
}
