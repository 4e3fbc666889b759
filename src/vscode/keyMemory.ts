import type * as vscode from 'vscode';
import type { KeyFact, KeyMemory } from '../app/ports';
import { mementos } from '../ids';

/** Keeps the origins of each fact in VS Code's state of all windows. */
export class MementoKeyMemory implements KeyMemory {
  constructor(private readonly memento: vscode.Memento) {}

  has(fact: KeyFact, origin: string): boolean {
    return this.origins(fact).includes(origin);
  }

  async add(fact: KeyFact, origin: string): Promise<void> {
    if (!this.has(fact, origin)) await this.update(fact, [...this.origins(fact), origin]);
  }

  async remove(fact: KeyFact, origin: string): Promise<void> {
    if (!this.has(fact, origin)) return;
    await this.update(
      fact,
      this.origins(fact).filter(each => each !== origin),
    );
  }

  private origins(fact: KeyFact): readonly string[] {
    const kept: unknown = this.memento.get(mementos[fact]);
    return Array.isArray(kept) ? kept.filter(each => typeof each === 'string') : [];
  }

  private async update(fact: KeyFact, origins: readonly string[]): Promise<void> {
    await this.memento.update(mementos[fact], origins);
  }
}
