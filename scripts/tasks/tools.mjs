import { provideTools } from '../bootstrap/tools.mjs';

/** Fetches VS Code and a browser and prints where they are, as JSON. */
export async function runTask() {
  console.log(JSON.stringify(await provideTools()));
}
