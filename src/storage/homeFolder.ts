import { homedir } from 'node:os';

/** Path of the user's own folder on this machine. */
export function homeFolder(): string {
  return homedir();
}
