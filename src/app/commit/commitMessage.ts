import { plain, say } from '../../core/base/plainText';
import type { Answer } from '../../core/chat/answer';
import { describeFailure } from '../../core/chat/failureText';
import { displayUsd, parsePico } from '../../core/money/pico';
import { commitPrompt, shortenDiff, toCommitMessage } from '../../core/prompts/commitMessage';
import type { Asker } from '../ask/asker';
import { toAskRequest } from '../ask/askRequest';
import type { RequestPreparation } from '../ask/requestPreparation';
import type { Dialogs } from '../ports/dialogs';
import type { SettingsReader } from '../ports/settingsReader';
import type { Repository, Workbench } from '../ports/workbench';

/** Writes the message of a commit from what is staged, into Source Control's own box. */
export class CommitMessage {
  constructor(
    private readonly asker: Pick<Asker, 'ask'>,
    private readonly preparation: Pick<RequestPreparation, 'prepare'>,
    private readonly workbench: Pick<Workbench, 'repository' | 'workspaceName'>,
    private readonly settings: Pick<SettingsReader, 'current'>,
    private readonly dialogs: Pick<Dialogs, 'news' | 'progress' | 'warn'>,
    private readonly newId: () => string,
  ) {}

  /** `place` is what Source Control says of the repository whose button was pressed; it can be anything. */
  async write(place: unknown): Promise<void> {
    const { dialogs } = this;
    const repository = await this.workbench.repository(place);
    if (!repository) {
      await dialogs.warn(say`No Git repository is open here, so there is no commit to describe.`);
      return;
    }
    const diff = await repository.stagedDiff();
    if (diff.trim() === '') {
      await dialogs.warn(
        say`Nothing is staged, or only files that askOpenRouter.neverSend forbids to send. Stage the changes that the message is to describe.`,
      );
      return;
    }
    const before = repository.message;
    const answer = await dialogs.progress(say`Writing the commit message…`, signal =>
      this.fill(repository, diff, before, signal),
    );
    if (answer) await this.tell(repository, answer, before, shortenDiff(diff));
  }

  /** The answer, ended or stopped; undefined when it was never sent. */
  private async fill(
    repository: Repository,
    diff: string,
    hint: string,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    const id = this.newId();
    const request = toAskRequest(
      {
        title: 'Write Commit Message',
        action: 'commitMessage',
        origin: 'command',
        prompt: commitPrompt(shortenDiff(diff), hint),
      },
      {
        id,
        inForce: this.settings.current,
        conversation: { id, turns: [] },
        workspace: this.workbench.workspaceName,
      },
    );
    const prepared = await this.preparation.prepare(request, signal);
    if (!prepared) return undefined;
    let latest: Answer | undefined;
    for await (const { answer } of this.asker.ask(prepared, signal)) {
      latest = answer;
      const message = toCommitMessage(answer.text);
      if (message !== '' && message !== repository.message) repository.message = message;
    }
    return latest;
  }

  private async tell(
    repository: Repository,
    { ending, text, cost }: Answer,
    before: string,
    { wholeFiles, files }: { readonly wholeFiles: number; readonly files: number },
  ): Promise<void> {
    const { dialogs } = this;
    const isWhole = ending?.outcome === 'completed' && text.trim() !== '';
    if (!isWhole) repository.message = before;
    if (ending?.outcome === 'cancelled') return;
    if (!isWhole) {
      const { model } = this.settings.current.parameters;
      const why = ending?.failure
        ? describeFailure(ending.failure, model).sentence
        : 'The model gave no whole message. Raise the setting for the longest answer, or use another model.';
      await dialogs.warn(plain(`The commit message was not written. ${why}`));
      return;
    }
    const pico = cost?.usd === undefined ? undefined : parsePico(cost.usd);
    const price = pico === undefined ? '' : ` ${cost?.state === 'free' ? 'free' : displayUsd(pico)}`;
    const cut = wholeFiles < files ? ` ${wholeFiles} of ${files} files went along whole.` : '';
    const isUndone = await dialogs.news(say`Wrote the commit message:${price}.${cut}`, 'Undo');
    if (isUndone) repository.message = before;
  }
}
