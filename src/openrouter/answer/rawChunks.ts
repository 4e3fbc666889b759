import type { RawBody } from '../../core/chat/rawResponse/rawResponse';
import { isRecord, type Json, toList, toRecord } from '../wire/json';

/** Fields of a message that come in pieces with every chunk: the answer has them. */
const streamed = new Set(['content', 'reasoning', 'reasoning_content', 'tool_calls']);
/** Of a part of the reasoning what comes in pieces. */
const streamedDetails = new Set(['text', 'summary', 'data']);
/** Lists of a message beyond this are cut. */
const mostItems = 100;

/**
 * The fields of a stream's chunks, put together as one completion. Takes no copy of the texts, and per chunk no longer
 * than to look at its fields: what is said again replaces what was said before.
 */
export class RawChunks {
  private readonly fields = new Map<string, unknown>();
  private readonly choice = new Map<string, unknown>();
  private readonly message = new Map<string, unknown>();
  private readonly details = new Map<string, Map<string, unknown>>();
  private count = 0;

  add(chunk: Json): void {
    this.count++;
    for (const name of Object.keys(chunk)) {
      if (name === 'choices') this.addChoice(chunk.choices);
      else put(this.fields, name, chunk[name]);
    }
  }

  /** Another chunk that adds nothing but text. */
  repeat(): void {
    this.count++;
  }

  get body(): RawBody {
    const message = Object.fromEntries([...this.message, ...this.reasoningDetails()]);
    const choices = [{ ...Object.fromEntries(this.choice), message }];
    const fields = [...this.fields].map(([name, value]) => [name, name === 'choices' ? choices : value]);
    return { form: 'stream', body: Object.fromEntries(fields), chunks: this.count };
  }

  private addChoice(choices: unknown): void {
    const choice = toList(choices)[0];
    // Keeps its place among the fields; a chunk with the usage alone has an empty list.
    if (!this.fields.has('choices')) this.fields.set('choices', undefined);
    if (!isRecord(choice)) return;
    for (const name of Object.keys(choice)) {
      if (name === 'delta' || name === 'message') this.addMessage(toRecord(choice[name]));
      else put(this.choice, name, choice[name]);
    }
  }

  private addMessage(delta: Json): void {
    for (const name of Object.keys(delta)) {
      if (streamed.has(name)) continue;
      const value = delta[name];
      if (name === 'reasoning_details') this.addDetails(toList(value));
      else if (Array.isArray(value)) this.message.set(name, joined(this.message.get(name), value));
      else put(this.message, name, value);
    }
  }

  private addDetails(pieces: readonly unknown[]): void {
    for (const piece of pieces) {
      if (!isRecord(piece) || this.details.size >= mostItems) continue;
      const key = `${piece.type} ${piece.index}`;
      const fields = this.details.get(key) ?? new Map<string, unknown>();
      this.details.set(key, fields);
      for (const name of Object.keys(piece)) {
        if (!streamedDetails.has(name)) put(fields, name, piece[name]);
      }
    }
  }

  private reasoningDetails(): readonly (readonly [string, unknown])[] {
    const details = [...this.details.values()].map(fields => Object.fromEntries(fields));
    return details.length === 0 ? [] : [['reasoning_details', details]];
  }
}

/** Keeps what was said when the same field comes empty. */
function put(fields: Map<string, unknown>, name: string, value: unknown): void {
  if ((value !== null && value !== '') || !fields.has(name)) fields.set(name, value);
}

/** Some providers repeat the whole list with every chunk. */
function joined(before: unknown, next: readonly unknown[]): readonly unknown[] {
  const all = toList(before);
  if (all.length >= mostItems || next.length === 0) return all;
  const isRepeated = all.length > 0 && next.length >= all.length && sameText(next.slice(0, all.length), all);
  return (isRepeated ? next : [...all, ...next]).slice(0, mostItems);
}

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
