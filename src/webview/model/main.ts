import './model.css';
import { isToModelPage } from '../../protocol/modelMessages';
import { startPage } from '../shared/startPage';
import { ModelPage } from './modelPage';
import { PriceChart } from './priceChart';
import { PriceTable } from './priceTable';

const { page, host } = startPage({
  name: 'ask-model-page',
  element: ModelPage,
  parts: { 'ask-price-chart': PriceChart, 'ask-price-table': PriceTable },
  isToPage: isToModelPage,
});
page.save = saved => host.save(saved);

// biome-ignore lint/complexity/noUselessEmptyExport: esbuild keeps code that no page uses unless this is a module
export {};
