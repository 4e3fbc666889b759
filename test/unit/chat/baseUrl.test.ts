import assert from 'node:assert/strict';
import { parseBaseUrl } from '../../../src/core/chat/baseUrl';

suite('the base URL', () => {
  const accepted: readonly (readonly [string, string, string])[] = [
    ['https://openrouter.ai/api/v1', 'https://openrouter.ai/api/v1', 'https://openrouter.ai'],
    ['  https://eu.openrouter.ai/api/v1//  ', 'https://eu.openrouter.ai/api/v1', 'https://eu.openrouter.ai'],
    ['HTTPS://OpenRouter.AI:443/API', 'https://openrouter.ai/API', 'https://openrouter.ai'],
    ['https://proxy.example:8443', 'https://proxy.example:8443', 'https://proxy.example:8443'],
    ['http://localhost:3000/api/v1/', 'http://localhost:3000/api/v1', 'http://localhost:3000'],
    ['http://127.0.0.1:80/x', 'http://127.0.0.1/x', 'http://127.0.0.1'],
    ['http://127.8.9.10/x', 'http://127.8.9.10/x', 'http://127.8.9.10'],
    ['http://127.1/x', 'http://127.0.0.1/x', 'http://127.0.0.1'],
    ['http://[::1]:5/x', 'http://[::1]:5/x', 'http://[::1]:5'],
  ];
  for (const [text, url, origin] of accepted) {
    test(`accepts ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseBaseUrl(text), { ok: true, url, origin });
    });
  }

  const refused: readonly (readonly [string, RegExp])[] = [
    ['', /^it is empty$/],
    ['   ', /^it is empty$/],
    ['openrouter.ai/api/v1', /^it must start with https:\/\/$/],
    ['localhost:8080', /^it must start with https:\/\/$/],
    ['ftp://openrouter.ai', /^it must start with https:\/\/$/],
    ['file:///etc/passwd', /^it must start with https:\/\/$/],
    ['javascript:alert(1)', /^it must start with https:\/\/$/],
    ['http://openrouter.ai/api/v1', /^it must start with https:\/\//],
    ['http://192.168.0.1/x', /^it must start with https:\/\//],
    ['http://127.0.0.1.evil.example/x', /^it must start with https:\/\//],
    ['http://localhost.evil.example/x', /^it must start with https:\/\//],
    ['http://128.0.0.1/x', /^it must start with https:\/\//],
    ['https://user:secret@openrouter.ai/api', /user name or password/],
    ['https://key@openrouter.ai/api', /user name or password/],
    ['https://openrouter.ai/api?x=1', /query/],
    ['https://openrouter.ai/api?', /query/],
    ['https://openrouter.ai/api#v1', /fragment/],
    ['https://', /not a URL/],
    ['https://exa mple.com', /space/],
    ['https:\\\\openrouter.ai', /^it must start with https:\/\/$/],
    ['https://openrouter.ai\\@evil.example', /backslash/],
    ['https://open\nrouter.ai', /space/],
  ];
  for (const [text, problem] of refused) {
    test(`refuses ${JSON.stringify(text)}`, () => {
      const parsed = parseBaseUrl(text);
      assert.equal(parsed.ok, false);
      assert.match(parsed.ok ? '' : parsed.problem, problem);
      assert.doesNotMatch(parsed.ok ? '' : parsed.problem, /secret/);
    });
  }
});
