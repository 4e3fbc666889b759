import * as vscode from 'vscode';
import type { NeverSend } from '../app/context/neverSend';
import type {
  ContextSource,
  FoundFile,
  FoundPromptFile,
  PromptPlace,
  QuestionSources,
  ReadContext,
  ReadImageFile,
  VariableValue,
} from '../app/ports/questionSources';
import type { PlainText } from '../core/base/plainText';
import type { VariableName } from '../core/prompts/variables';
import { bytesAt, forbiddenBy, foundIn, isRefused, openFiles, workspaceFiles } from './context/contextFiles';
import { ContextReader } from './context/contextReader';
import { pickSymbol } from './context/symbols';
import { terminalSelection } from './context/terminalSelection';
import { pathOf } from './documentPlace';
import type { LastEditor } from './lastEditor';
import { createPromptFile, openPromptFile, type PromptFolders } from './promptFolders';
import { variableValue } from './variableValue';

/** The window and its workspace, as far as something of it can become part of a question. */
export class VscodeQuestionSources implements QuestionSources {
  /** What the user named in a dialog, wherever it lies. */
  private readonly picked = new Set<string>();
  private readonly reader: ContextReader;
  readonly files = workspaceFiles;
  readonly openFiles = openFiles;
  readonly terminalSelection = terminalSelection;
  readonly openPromptFile = openPromptFile;
  readonly createPromptFile = createPromptFile;

  constructor(
    private readonly neverSend: Pick<NeverSend, 'forbids'>,
    private readonly lastEditor: Pick<LastEditor, 'document'>,
    private readonly promptFolders: PromptFolders,
  ) {
    this.reader = new ContextReader(neverSend, lastEditor);
  }

  read(source: ContextSource): Promise<ReadContext> {
    return this.reader.read(source);
  }

  async readImage(uri: string): Promise<ReadImageFile> {
    const address = vscode.Uri.parse(uri);
    const bytes = await bytesAt(address, this.neverSend, this.picked.has(uri));
    if (isRefused(bytes)) return { ok: false, problem: bytes.problem };
    const path = pathOf(address);
    return { ok: true, bytes, path, name: path.split('/').at(-1) ?? path };
  }

  whyNeverSent(uri: string): Promise<PlainText | undefined> {
    return forbiddenBy(vscode.Uri.parse(uri), this.neverSend);
  }

  activeFile(): FoundFile | undefined {
    const { document } = this.lastEditor;
    return document && foundIn(document);
  }

  pickSymbol(): Promise<Extract<ContextSource, { readonly kind: 'symbol' }> | undefined> {
    return pickSymbol(this.lastEditor.document?.uri);
  }

  async pickImage(): Promise<string | undefined> {
    const picked = await vscode.window.showOpenDialog({
      title: 'Add Image',
      openLabel: 'Add',
      filters: { Images: ['png', 'jpg', 'jpeg', 'webp', 'gif'] },
    });
    const uri = picked?.[0]?.toString();
    if (uri !== undefined) this.picked.add(uri);
    return uri;
  }

  async clipboard(): Promise<string> {
    return vscode.env.clipboard.readText();
  }

  variableValue(name: VariableName): Promise<VariableValue> {
    return variableValue(name, this.neverSend);
  }

  promptFiles(): Promise<readonly FoundPromptFile[]> {
    return this.promptFolders.find();
  }

  promptPlaces(): readonly PromptPlace[] {
    return this.promptFolders.places();
  }
}
