import './answer.css';
import { isToAnswerPage } from '../../protocol/answerMessages';
import { CostBreakdown } from '../shared/costBreakdown';
import { startPage } from '../shared/startPage';
import { AnswerPage } from './answerPage';
import { CacheView } from './cacheView';
import { AnswerDiff } from './compare/answerDiff';
import { ComposerView } from './composerView';
import { ContextView } from './context/contextView';
import { loadLanguages } from './markdown/highlight';
import { warmUp } from './markdown/warmUp';
import { ParametersView } from './parametersView';
import { ReadingPlace } from './readingPlace';
import { RetryNotice } from './retryNotice';
import { TurnView } from './turnView';

const { page, host } = startPage({
  name: 'ask-answer-page',
  element: AnswerPage,
  parts: {
    'ask-retry-notice': RetryNotice,
    'ask-turn': TurnView,
    'ask-composer': ComposerView,
    'ask-context': ContextView,
    'ask-answer-diff': AnswerDiff,
    'ask-cache': CacheView,
    'ask-parameters': ParametersView,
    'ask-cost-breakdown': CostBreakdown,
  },
  isToPage: isToAnswerPage,
});
page.place = new ReadingPlace(host, () => page.isFollowing);
for (const work of [warmUp, loadLanguages]) requestIdleCallback(work, { timeout: 1000 });

// biome-ignore lint/complexity/noUselessEmptyExport: esbuild keeps code that no page uses unless this is a module
export {};
