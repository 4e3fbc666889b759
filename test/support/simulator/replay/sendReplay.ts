import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Key } from '../account/keys';
import type { Exchange } from '../http/exchange';
import { errorReply, send } from '../http/reply';
import type { Simulation } from '../simulation';
import { billOfRecording } from './recordedBill';

/** Sends a recorded answer: its status, headers and bytes, in the pieces in which it once came. */
export async function sendReplay(
  simulation: Simulation,
  exchange: Exchange,
  key: Key | undefined,
  name: string,
): Promise<void> {
  const { response, gone } = exchange;
  const recording = simulation.traffic?.recording(name);
  if (!recording) return send(response, errorReply(400, `The simulator has no recording called ${name}`));
  const { status, headers, body, chunk_byte_lengths: sizes } = recording.response;
  simulation.activeStreams++;
  const bill = key && billOfRecording(recording, key, simulation.now());
  try {
    response.writeHead(status, headers as Record<string, string | string[]>);
    for (const piece of cut(Buffer.from(body), sizes ?? [])) {
      if (gone.aborted) return;
      response.write(piece);
      await nextTurn();
    }
    if (bill) simulation.bill.add(bill);
    response.end();
  } finally {
    simulation.endStream({
      generationId: bill?.generationId ?? '',
      aborted: gone.aborted,
      ...(bill && { bill }),
    });
  }
}

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let start = 0;
  for (const size of sizes) {
    if (start < bytes.length) yield bytes.subarray(start, start + size);
    start += size;
  }
  if (start < bytes.length) yield bytes.subarray(start);
}
