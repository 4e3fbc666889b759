import * as vscode from 'vscode';

/**
 * Asks for a prompt in an input box; undefined when dismissed. What was typed and dismissed is there again
 * the next time.
 */
export class PromptInput {
  private readonly unsent = new Map<string, string>();

  /** Has `text` there again the next time. */
  keep(id: string, text: string): void {
    this.unsent.set(id, text);
  }

  /** What will be there the next time. */
  kept(id: string): string {
    return this.unsent.get(id) ?? '';
  }

  async ask(options: {
    /** Which kind of prompt: each keeps its own unsent text. */
    readonly id: string;
    readonly title: string;
    readonly placeholder: string;
  }): Promise<string | undefined> {
    const box = vscode.window.createInputBox();
    box.title = options.title;
    box.placeholder = options.placeholder;
    box.value = this.kept(options.id);
    box.ignoreFocusOut = true;
    try {
      const prompt = await accepted(box);
      if (prompt === undefined) this.unsent.set(options.id, box.value);
      else this.unsent.delete(options.id);
      return prompt;
    } finally {
      box.dispose();
    }
  }
}

function accepted(box: vscode.InputBox): Promise<string | undefined> {
  return new Promise(resolve => {
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidAccept(() => {
      const prompt = box.value.trim();
      if (prompt === '') box.validationMessage = 'Type a question first, or press Escape to leave.';
      else resolve(prompt);
    });
    box.onDidHide(() => resolve(undefined));
    box.show();
  });
}
