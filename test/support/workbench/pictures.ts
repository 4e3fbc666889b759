import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { toPalettePng } from './palettePng';
import { projectFolder } from './tools';
import type { Workbench } from './workbench';

/** Pictures of the README and of the first steps are written when this variable is set; else the tests only go the way. */
export const areWritten = process.env.ASK_OPENROUTER_WRITE_DOCS === '1';

/** Wide enough for code beside an answer, and no wider than a README shows. */
export const pictureSize = { width: 1180, height: 720 };

/** What readers of a README wait for at most, in bytes. */
const largestPicture = 200_000;

/** Writes what the window or a page shows into `media`, where the README has it. */
export async function takePicture({ page }: Pick<Workbench, 'page'>, name: string): Promise<void> {
  if (!areWritten) return;
  const path = join(projectFolder, 'media', `${name}.png`);
  // Nothing may blink or be half faded in.
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > largestPicture) throw new Error(`${path} has ${size} bytes: more than ${largestPicture}.`);
}

/** A walkthrough's pictures are shown about 500 pixels wide: what is much larger cannot be read there. */
const stepSize = { width: 576, height: 400 };

/** Writes what stands at `part` and below its top into `media/walkthrough`, which is part of the extension. */
export async function takeStepPicture(
  { page }: Workbench,
  name: string,
  part: Locator,
  { width, height } = stepSize,
): Promise<void> {
  if (!areWritten) return;
  await part.waitFor();
  const box = await part.boundingBox();
  const window = page.viewportSize();
  if (box === null || window === null) throw new Error(`Nothing is to be seen of ${name}.`);
  const within = (at: number, length: number, end: number): number =>
    Math.max(0, Math.min(Math.round(at), end - length));
  const x = within(box.x + (box.width - width) / 2, width, window.width);
  const y = within(box.y - 4, height, window.height);
  const clip = { x, y, width, height };
  const png = await page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
  writeFileSync(join(projectFolder, 'media', 'walkthrough', `${name}.png`), toPalettePng(png));
}
