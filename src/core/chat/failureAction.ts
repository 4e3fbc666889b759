/** What a button beside a failure does. */
export type FailureAction =
  | 'setKey'
  | 'getKey'
  | 'pickFreeModel'
  | 'pickModel'
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
  /** Ask again with `affordableTokens` as `max_tokens`. */
  | 'retryWithFewerTokens'
  /** Send what a spending limit stopped, this once. */
  | 'sendOnce'
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
  setKey: 'Set API Key',
  getKey: 'Get a Key',
  pickFreeModel: 'Pick a Free Model',
  pickModel: 'Pick Another Model',
  pickSuggestedModel: 'Pick a Suggested Model',
  openCredits: 'Open Credits Page',
  openKeySettings: 'Open Key Settings',
  openPrivacySettings: 'Open Privacy Settings',
  openBaseUrlSetting: 'Open Setting',
  openMaxTokensSetting: 'Change maxTokens',
  openModelRules: 'Open Setting',
  openStallSetting: 'Change Limit',
  retry: 'Retry',
  retryWithFewerTokens: 'Retry with a Smaller Limit',
  sendOnce: 'Send Once Anyway',
  allowPrice: 'Allow This Price Once',
  changeLimit: 'Change Limit',
  pickCheaperModel: 'Pick a Cheaper Model',
  checkConnection: 'Check Connection',
  showLog: 'Show Log',
};

export function text(sentence: string, ...actions: FailureAction[]): FailureText {
  return { sentence, actions };
}
