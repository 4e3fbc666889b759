import './validLanguage';
import './usage.css';
import { isToUsagePage } from '../../protocol/usageMessages';
import { CostBreakdown } from '../shared/costBreakdown';
import { startPage } from '../shared/startPage';
import { RequestDetails } from './requestDetails';
import { RequestGrid } from './requestGrid';
import { RequestList } from './requestList';
import { SplitTabs } from './splitTabs';
import { UsageChart } from './usageChart';
import { UsagePage } from './usagePage';
import { WhatIfSection } from './whatIfSection';

startPage({
  name: 'ask-usage-page',
  element: UsagePage,
  parts: {
    'ask-cost-breakdown': CostBreakdown,
    'ask-usage-chart': UsageChart,
    'ask-split-tabs': SplitTabs,
    'ask-request-grid': RequestGrid,
    'ask-request-list': RequestList,
    'ask-request-details': RequestDetails,
    'ask-what-if': WhatIfSection,
  },
  isToPage: isToUsagePage,
});

// biome-ignore lint/complexity/noUselessEmptyExport: esbuild keeps code that no page uses unless this is a module
export {};
