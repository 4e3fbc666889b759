import { newFileCode } from '../../core/apply/newFileCode';
import type { Turn } from '../../core/chat/conversation';
import { testFilePath } from '../../core/code/testFilePath';
import type { AskSession } from '../ask/askSession';
import type { Editors } from '../ports/editors';

/** Opens the files that answers are: tests, where the project keeps its own. */
export class AnswerFiles {
  constructor(
    private readonly session: Pick<AskSession, 'find' | 'sourceOf'>,
    private readonly editors: Pick<Editors, 'findDocument' | 'projectFiles' | 'openNewFile' | 'openUntitled'>,
  ) {}

  /**
   * Opens `text` as a new, unsaved file. That of a turn whose answer is a file of its own gets the name and the folder
   * that the project's other tests suggest.
   *
   * @param isWhole `text` is the whole answer, of which only the code is meant then
   */
  async open(
    text: string,
    language: string | undefined,
    turnId: string | undefined,
    isWhole: boolean,
  ): Promise<void> {
    const turn = turnId === undefined ? undefined : this.session.find(turnId);
    const place = turn?.apply === 'newFile' ? await this.place(turn) : undefined;
    const code = place && isWhole ? newFileCode(text, turn?.sent.code?.languageId ?? '') : text;
    if (place && code !== undefined) await this.editors.openNewFile(place.uri, place.path, code);
    else await this.editors.openUntitled(text, language);
  }

  private async place(turn: Turn): Promise<{ readonly uri: string; readonly path: string } | undefined> {
    const { code } = turn.sent;
    const uri = this.session.sourceOf(turn.id)?.uri ?? (code && (await this.editors.findDocument(code)));
    const project =
      uri === undefined || code?.cell !== undefined ? undefined : await this.editors.projectFiles(uri);
    if (uri === undefined || !project || !code) return undefined;
    return { uri, path: testFilePath(project.path, code.languageId, project.files) };
  }
}
