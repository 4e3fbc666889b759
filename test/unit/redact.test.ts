import assert from 'node:assert/strict';
import { Redactor } from '../../src/core/base/redact';
import { cpuMs } from '../support/cpuTime';
import { findLeaks } from '../support/secretScan';

suite('the redactor', () => {
  const gatewayKey = 'acme/gw+7f3e:Q9=zz';

  test('takes out whatever looks like an OpenRouter key, known or not', () => {
    assert.equal(new Redactor().redact('a sk-or-v1-0123abcd, b sk-or-x'), 'a sk-or-…, b sk-or-…');
  });

  test('takes out a secret that it was told, whatever it looks like', () => {
    const redactor = new Redactor();
    assert.equal(redactor.redact(`no ${gatewayKey}!`), `no ${gatewayKey}!`);
    redactor.add(gatewayKey);
    assert.equal(redactor.redact(`no ${gatewayKey}!`), 'no sk-or-…!');
    assert.equal(redactor.redact(`Authorization: Bearer ${gatewayKey}`), 'Authorization: Bearer sk-or-…');
  });

  test('takes it out in every spelling in which it can be read', () => {
    for (const secret of [
      gatewayKey,
      'hunter2',
      'with "quotes" and \\',
      'Schlüssel für später',
      'a'.repeat(300),
    ]) {
      const redactor = new Redactor([secret]);
      const base64 = (text: string) => Buffer.from(text).toString('base64');
      for (const text of [
        `key=${encodeURIComponent(secret)}&x=1`,
        `key=${encodeURIComponent(secret).replace(/%../g, code => code.toLowerCase())}`,
        JSON.stringify({ error: `no ${secret}` }),
        base64(secret),
        base64(`Bearer ${secret}`),
        base64(`user:${secret}`),
        base64(`x:${secret} and more`),
        Buffer.from(`ab${secret}`).toString('base64url'),
      ]) {
        const clean = redactor.redact(text);
        assert.match(clean, /sk-or-…/, text);
        assert.ok(!clean.includes(secret));
        assert.deepEqual(findLeaks(secret, { texts: { clean } }), [], `${text} → ${clean}`);
      }
    }
  });

  test('knows several secrets at once, also when one is a part of another', () => {
    const redactor = new Redactor(['abcdef', 'abcdefghi']);
    redactor.add('other-secret');
    assert.equal(redactor.redact('abcdefghi abcdef other-secret'), 'sk-or-… sk-or-… sk-or-…');
  });

  test('leaves ordinary words alone: no secret, an empty one or one of a few letters changes nothing', () => {
    const redactor = new Redactor([undefined, '', '  ', 'a', 'key']);
    const text = 'a key, and what a key opens: 100 % of it';
    assert.equal(redactor.redact(text), text);
  });

  test('takes white space around a secret for none of it', () => {
    assert.equal(new Redactor([' hunter2\n']).redact('hunter2'), 'sk-or-…');
  });

  test('bears half a character', () => {
    const redactor = new Redactor(['half \ud83d of it']);
    assert.equal(redactor.redact('half \ud83d of it'), 'sk-or-…');
  });

  test('leaves no beginning of a secret where a text is cut', () => {
    const redactor = new Redactor(['0123456789abcdef']);
    assert.equal(redactor.redactStart('no 0123456789abcdef', 100), 'no sk-or-…');
    for (let longest = 3; longest <= 19; longest++) {
      assert.equal(redactor.redactStart(`no 0123456789abcdef${'.'.repeat(100)}`, longest).slice(0, 3), 'no ');
      assert.doesNotMatch(redactor.redactStart(`no 0123456789abcdef${'.'.repeat(100)}`, longest), /0/);
    }
    assert.equal(redactor.redactStart('plain words and more', 11), 'plain words');
  });

  test('takes time in proportion to the text', () => {
    const redactor = new Redactor([gatewayKey]);
    const startMs = cpuMs();
    redactor.redact('sk-or-'.repeat(300_000));
    redactor.redact(gatewayKey.slice(0, -1).repeat(100_000));
    assert.ok(cpuMs() - startMs < 1000);
  });
});
