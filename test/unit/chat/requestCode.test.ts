import assert from 'node:assert/strict';
import { type ExecFileException, execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { toChatBody } from '../../../src/core/chat/chatBody';
import { type CodeFormat, requestAsCode, type WireRequest } from '../../../src/core/chat/requestCode';
import type { RequestParameters } from '../../../src/core/chat/requestParameters';
import { openRouter } from '../../../src/openrouter/openRouter';
import { type Simulator, startSimulator } from '../../support/simulator';
import { projectFolder } from '../../support/workbench/tools';

const key = 'sk-or-v1-copied-0123456789abcdef0123456789abcdef';

/** Prompts that break code which quotes carelessly. */
const prompts: Readonly<Record<string, string>> = {
  'a plain question': 'What is a monad?',
  'single quotes': "don't 'quote' it'",
  'double quotes and backslashes': 'say "hi" \\n \\" \\\\',
  'a shell command': '$(rm -rf ~) `id` $HOME $\u007bPATH} !! ; && |',
  'line ends': 'one\ntwo\r\nthree\rfour\n',
  'the end of a here-document': '\nJSON\nEOF\n',
  'other scripts': 'Grüße, 你好, привет, مرحبا',
  'characters beyond 16 bits': '👩‍💻 𝕏 🇪🇺',
  'separators of lines': 'a\u2028b\u2029c\u0085d',
  'control characters': 'bell \u0007 null \u0000 escape \u001b[31m',
  'code of the three languages': "`$\u007bx}` f\"{y}\" '''z''' r\"\\\" </script> %s",
  'a long text': 'x'.repeat(200_000),
};

const parameters: RequestParameters = {
  model: 'openai/gpt-4o-mini',
  maxTokens: 50,
  temperature: 0.2,
  seed: 7,
  stop: ["it's over"],
  reasoningEffort: 'low',
  fallbackModels: ['openai/gpt-4o'],
  provider: { zdr: false, order: ['openai'], sort: 'price' },
};

suite('A request copied as code', () => {
  let simulator: Simulator;
  let folder: string;
  let python: string | undefined;

  suiteSetup(async () => {
    simulator = await startSimulator();
    folder = mkdtempSync(join(tmpdir(), 'copied-'));
    const found = await Promise.all(['python3', 'python'].map(name => run(name, ['--version'])));
    python = ['python3', 'python'].find((_, index) => found[index]?.code === 0);
    if (python) writeStub(folder);
  });
  suiteTeardown(async () => {
    await simulator.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  function wireRequest(prompt: string): WireRequest {
    const attribution = { referer: 'https://example.com/it', title: "Ask 'n' Open" };
    const endpoint = { baseUrl: simulator.url, origin: simulator.origin, apiKey: key, attribution };
    const messages = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: prompt, endsCachedPrefix: true },
    ] as const;
    return openRouter.describe(
      { ...endpoint, noBytesMs: 1000, noDataMs: 1000 },
      { parameters, messages, sessionId: 'talk-1' },
    );
  }

  /** What the code had the server receive. */
  async function received(format: CodeFormat, request: WireRequest): Promise<unknown> {
    const code = requestAsCode(format, request);
    assert.ok(!code.includes(key));
    await runners[format as keyof typeof runners](code, folder, python ?? '');
    const { body, headers } = simulator.requests.at(-1) ?? {};
    assert.equal(headers?.authorization, `Bearer ${key}`);
    assert.equal(headers?.['http-referer'], 'https://example.com/it');
    return body;
  }

  for (const [what, prompt] of Object.entries(prompts)) {
    test(`has the same body with ${what}`, async function () {
      this.timeout(120_000);
      const request = wireRequest(prompt);
      const expected: unknown = JSON.parse(JSON.stringify(request.body));
      assert.deepEqual(JSON.parse(requestAsCode('json', request)), expected);
      assert.deepEqual(await received('typescript', request), expected, 'TypeScript');
      // Windows has another shell, and its own curl.
      if (process.platform !== 'win32') assert.deepEqual(await received('curl', request), expected, 'cURL');
      if (python) assert.deepEqual(await received('python', request), expected, 'Python');
    });
  }

  test('says nothing of a key that stands in a header', () => {
    const { headers } = wireRequest('x');
    assert.deepEqual(
      Object.keys(headers).filter(name => /auth/i.test(name)),
      [],
    );
  });

  test('is what the client sends', () => {
    const messages = [{ role: 'user', content: 'x' }] as const;
    assert.deepEqual(
      openRouter.describe(
        {
          baseUrl: 'https://a.example',
          origin: 'https://a.example',
          attribution: { referer: '', title: '' },
          noBytesMs: 1,
          noDataMs: 1,
        },
        { parameters, messages },
      ).body,
      toChatBody({ parameters, messages }),
    );
  });
});

const environment = { ...process.env, OPENROUTER_API_KEY: key, no_proxy: '127.0.0.1' };

const runners = {
  async curl(code: string, folder: string) {
    writeFileSync(join(folder, 'run.sh'), code);
    succeeded(await run('bash', [join(folder, 'run.sh')]));
  },
  async typescript(code: string, folder: string) {
    writeFileSync(join(folder, 'run.ts'), code);
    const outfile = join(folder, 'run.mjs');
    await build({
      entryPoints: [join(folder, 'run.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
      nodePaths: [join(projectFolder, 'node_modules')],
    });
    succeeded(await run(process.execPath, [outfile]));
  },
  async python(code: string, folder: string, python: string) {
    writeFileSync(join(folder, 'run.py'), code);
    succeeded(await run(python, [join(folder, 'run.py')]));
  },
};

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(program: string, args: readonly string[]): Promise<Ran> {
  return new Promise(resolve => {
    execFile(program, [...args], { env: environment }, (error: ExecFileException | null, out, err) =>
      resolve({ code: error ? Number(error.code ?? 1) || 1 : 0, output: out + err }),
    );
  });
}

function succeeded({ code, output }: Ran): void {
  assert.equal(code, 0, output);
}

/** As much of `openai` for Python as the code uses: it sends what it is given, `extra_body` on the top level. */
function writeStub(folder: string): void {
  mkdirSync(join(folder, 'openai'));
  writeFileSync(
    join(folder, 'openai', '__init__.py'),
    `import json, urllib.request

class OpenAI:
    def __init__(self, base_url, api_key, default_headers):
        self.url = base_url + "/chat/completions"
        self.headers = {**default_headers, "Authorization": "Bearer " + api_key, "Content-Type": "application/json"}
        self.chat = self.completions = self

    def create(self, extra_body=None, **body):
        data = json.dumps({**body, **(extra_body or {})}).encode()
        with urllib.request.urlopen(urllib.request.Request(self.url, data, self.headers)) as answer:
            answer.read()
        return []
`,
  );
}
