import * as v from 'valibot';
import type { PriceQuality } from '../core/models/page/priceQuality';
import { createGuard, hostObject, type MessageOf, message } from './message';
import type { EndpointsState, ModelPageState } from './modelState';

/** Host → model page. The host owns all of it; the page only shows. */
const toModelPage = v.variant('type', [
  message('model', { state: hostObject<ModelPageState>('model') }),
  /** There is no such model to show, and why, in one sentence. */
  message('missing', { sentence: v.string() }),
  message('endpoints', { endpoints: hostObject<EndpointsState>() }),
  message('chart', { chart: hostObject<PriceQuality>('points') }),
]);

export type ToModelPage = MessageOf<typeof toModelPage>;
export const isToModelPage = createGuard(toModelPage);

/**
 * Model page → host. Checked before use: the page is not trusted. `model` is the id of the model that the page shows:
 * a button that was pressed while the page changed is meant for the one it stood beside.
 */
const fromModelPage = v.variant('type', [
  /** The page is there and knows nothing yet. */
  message('ready', {}),
  /** Make it the model in force. */
  message('use', { model: v.string() }),
  /** Make it the model in force, and let no endpoint serve but the one with that tag. */
  message('useEndpoint', { model: v.string(), tag: v.string() }),
  /** Let any provider serve again. */
  message('anyProvider', {}),
  message('compare', { model: v.string() }),
  /** Compare the endpoint with that tag with others of the model. */
  message('compareEndpoints', { model: v.string(), tag: v.string() }),
  message('star', { model: v.string() }),
  /** Show another model. */
  message('show', { model: v.string() }),
  /** Look up again who serves the model, and read the list where it could not be read. */
  message('lookUp', {}),
  message('pickRouting', {}),
  message('copy', { text: v.string() }),
  message('openLink', { href: v.string() }),
  /** An unexpected error in the page, for the log. */
  message('pageError', { message: v.string() }),
]);

export type FromModelPage = MessageOf<typeof fromModelPage>;
export const isFromModelPage = createGuard(fromModelPage);
