import { spawn } from 'node:child_process';

/**
 * Opens an address in the user's own browser where there is a desktop; elsewhere the printed address has to do.
 * @param {string} url
 */
export function openInBrowser(url) {
  const opener = findOpener();
  if (!opener || process.env.CI) return;
  const [program, ...args] = opener;
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true });
  // No such program: the address is on the screen.
  child.on('error', () => {});
  child.unref();
}

/** @returns {[string, ...string[]] | undefined} */
function findOpener() {
  if (process.platform === 'darwin') return ['open'];
  // The empty argument is the window's title, which `start` takes first.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', '""'];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}
