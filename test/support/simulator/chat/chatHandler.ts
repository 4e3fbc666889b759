import type { Key } from '../account/keys';
import type { Exchange } from '../http/exchange';
import { send } from '../http/reply';
import { sendReplay } from '../replay/sendReplay';
import type { Simulation } from '../simulation';
import { whenGone } from '../wire/sink';
import { streamAnswer } from '../wire/stream';
import { sendWhole } from '../wire/wholeAnswer';
import { withErrorMetadata } from './metadata';
import { planFor } from './plan';

/** `POST /chat/completions` with a valid key. */
export async function handleChat(simulation: Simulation, exchange: Exchange, key: Key): Promise<void> {
  const plan = planFor(simulation, exchange, key);
  switch (plan.type) {
    case 'reply':
      return send(exchange.response, withErrorMetadata(exchange, plan.reply));
    case 'connection':
      if (plan.does === 'stall') await whenGone(exchange.gone);
      else exchange.response.destroy();
      return;
    case 'replay':
      return sendReplay(simulation, exchange, key, plan.name);
    case 'answer': {
      const deliver = plan.generation.streamed ? streamAnswer : sendWhole;
      return deliver(simulation, exchange, plan.generation, plan.delivery);
    }
  }
}
