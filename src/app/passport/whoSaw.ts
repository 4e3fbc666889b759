import { countText } from '../../core/base/formatCount';
import { plain, say } from '../../core/base/plainText';
import type { Passport, SentFile } from '../../core/usage/passport/passport';
import { type PassportForm, passportForms, passportText } from '../../core/usage/passport/passportExport';
import { exportToFile, writeWhole } from '../exportToFile';
import type { Dialogs, PickItem } from '../ports/dialogs';
import type { Passports } from './passports';

interface RequestItem extends PickItem {
  readonly isExport?: boolean;
}

interface FormItem extends PickItem {
  readonly form: PassportForm;
}

/** "Who has seen this file?", and the same for whoever audits, as a file. */
export class WhoSaw {
  constructor(
    private readonly passports: Pick<Passports, 'all'>,
    private readonly dialogs: Pick<Dialogs, 'pick' | 'saveFile' | 'news' | 'warn' | 'revealFile'>,
  ) {}

  /** Lets the user pick a file that left from this workspace, and shows with which requests and to whom it went. */
  async askFile(): Promise<void> {
    const passports = await this.passports.all();
    const paths = [...new Set(passports.flatMap(({ files }) => files.map(({ path }) => path)))].sort();
    if (paths.length === 0) {
      await this.dialogs.news(say`No file has left with a request of this conversation.`);
      return;
    }
    const title = say`Who Has Seen This File?`;
    const file = await this.dialogs.pick(
      paths.map(path => ({ label: plain(path), path })),
      { title, placeHolder: say`Files that left with a kept request of this workspace` },
    );
    if (!file) return;
    const seen = passports.filter(({ files }) => files.some(({ path }) => path === file.path));
    const items: readonly RequestItem[] = [
      ...seen.map(passport => toItem(passport, file.path)),
      { label: say`$(save) Export these for an auditor…`, isExport: true },
    ];
    const picked = await this.dialogs.pick(items, {
      title,
      placeHolder: say`${file.path} left with ${countText(seen.length, 'request')}`,
    });
    if (picked?.isExport) await this.write(seen);
  }

  /** Writes every kept request of this workspace into a file. */
  async exportAll(): Promise<void> {
    await this.write(await this.passports.all());
  }

  private async write(passports: readonly Passport[]): Promise<void> {
    const title = say`Export Who Saw What`;
    const items = (Object.keys(passportForms) as PassportForm[]).map(
      (form): FormItem => ({
        label: plain(passportForms[form].label),
        detail: plain(passportForms[form].detail),
        form,
      }),
    );
    const picked = await this.dialogs.pick(items, { title, placeHolder: say`Form of the file` });
    if (!picked) return;
    const name = `who-saw-what.${passportForms[picked.form].ending}`;
    const target = await this.dialogs.saveFile({ title, name, kind: picked.label });
    if (!target) return;
    await exportToFile(this.dialogs, target, async () => {
      await writeWhole(target, passportText(passports, picked.form));
      return say`Exported ${countText(passports.length, 'request')} to ${target.name}.`;
    });
  }
}

function toItem(passport: Passport, path: string): RequestItem {
  const { at, hasLeft, endpoint = 'OpenRouter', recipients, files, retention } = passport;
  const providers = recipients.map(({ provider }) => provider).join(', ');
  const who = hasLeft ? `${endpoint}${providers === '' ? '' : `, ${providers}`}` : 'nobody: it was not sent';
  return {
    label: say`${new Date(at).toLocaleString()}`,
    description: plain(who),
    detail: say`${partsOf(files.filter(file => file.path === path))}. ${hasLeft ? retention : ''}`,
  };
}

/** "Lines 3–5; Git diff" */
const partsOf = (files: readonly SentFile[]): string =>
  [...new Set(files.map(({ lines, scope }) => (lines === '' ? scope : `Lines ${lines}`)))].join('; ');
