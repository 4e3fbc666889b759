import type { ChatEvent } from '../../core/chat/chatClient';
import { type Json, toRecord, toText } from '../wire/json';

interface ToolCall {
  readonly id?: string;
  readonly name?: string;
  arguments: string;
}

/** Puts together tool calls that arrive in pieces. */
export class ToolCalls {
  private readonly calls: ToolCall[] = [];
  private readonly current = new Map<unknown, ToolCall>();
  private totalLength = 0;

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  /** About how many characters they take up. */
  get length(): number {
    return this.totalLength;
  }

  add(piece: Json): void {
    const { name, arguments: sent } = toRecord(piece.function);
    const call = this.callFor(piece.index, toText(piece.id), toText(name));
    const text = typeof sent === 'string' ? sent : sent ? toJson(sent) : '';
    call.arguments += text;
    this.totalLength += text.length;
  }

  /** One event per call, in the order they began, with clean texts. A call without arguments has an empty object. */
  events(clean: (text: string) => string): ChatEvent[] {
    return this.calls.map(call => ({
      type: 'toolCall',
      name: clean(call.name ?? ''),
      arguments: clean(call.arguments || '{}'),
    }));
  }

  /**
   * Pieces of one call share its index; only the first must have id and name. Some providers give
   * every call index 0, so an id and a name that differ from the last begin a new one.
   */
  private callFor(index: unknown, id: string | undefined, name: string | undefined): ToolCall {
    const known = this.current.get(index ?? 0);
    const isOther = known?.id !== undefined && id !== undefined && id !== known.id && name !== undefined;
    if (known && !isOther) return known;
    const call: ToolCall = { id, name, arguments: '' };
    this.calls.push(call);
    this.totalLength += (id?.length ?? 0) + (name?.length ?? 0) + 50;
    this.current.set(index ?? 0, call);
    return call;
  }
}

/** As JSON text; empty when it is nested deeper than can be written. */
function toJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '';
  }
}
