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

  get isEmpty(): boolean {
    return this.calls.length === 0;
  }

  add(piece: Json): void {
    const { name, arguments: text } = toRecord(piece.function);
    const call = this.callFor(piece.index, toText(piece.id), toText(name));
    call.arguments += typeof text === 'string' ? text : text ? JSON.stringify(text) : '';
  }

  /** One event per call, in the order they began. A call without arguments has an empty object. */
  events(): ChatEvent[] {
    return this.calls.map(call => ({
      type: 'toolCall',
      name: call.name ?? '',
      arguments: call.arguments || '{}',
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
    this.current.set(index ?? 0, call);
    return call;
  }
}
