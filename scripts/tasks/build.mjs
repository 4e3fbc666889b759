import { buildExtension } from '../lib/project.mjs';

export const runTask = buildExtension;
