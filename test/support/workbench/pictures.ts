import { statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './tools';
import type { Workbench } from './workbench';

/** Pictures of the README are written when this variable is set; else the tests only go the way. */
export const areWritten = process.env.ASK_OPENROUTER_WRITE_DOCS === '1';

/** Wide enough for code beside an answer, and no wider than a README shows. */
export const pictureSize = { width: 1180, height: 720 };

/** What readers of a README wait for at most, in bytes. */
const largestPicture = 200_000;

/** Writes what the window shows into `media`, where the README has it. */
export async function takePicture({ page }: Workbench, name: string): Promise<void> {
  if (!areWritten) return;
  const path = join(projectFolder, 'media', `${name}.png`);
  // Nothing may blink or be half faded in.
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > largestPicture) throw new Error(`${path} has ${size} bytes: more than ${largestPicture}.`);
}
