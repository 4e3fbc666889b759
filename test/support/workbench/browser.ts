import { type Browser, chromium } from 'playwright-core';
import { locateTools } from './tools';

const quietFlags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-smooth-scrolling',
  '--disable-sync',
  '--no-first-run',
];

/** Starts a headless browser. Whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = locateTools().browser;
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    // One language everywhere: with the `C` locale of bare machines the pages would get none that they know.
    env: { ...definedVariables(), LC_ALL: 'en_US.UTF-8', ...env },
    // Chromium's sandbox does not work for root; the pages are our own.
    args: [...quietFlags, ...(isRoot ? ['--no-sandbox'] : [])],
  });
}

function definedVariables(): Record<string, string> {
  const entries = Object.entries(process.env);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
