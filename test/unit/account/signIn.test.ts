import assert from 'node:assert/strict';
import { AccountWorld } from '../../support/account/accountWorld';
import { type Simulator, startSimulator } from '../../support/simulator';

suite('signing in', () => {
  let nowMs = Date.UTC(2027, 0, 1);
  let simulator: Simulator;
  let world: AccountWorld;
  suiteSetup(async () => {
    simulator = await startSimulator({ now: () => nowMs });
  });
  setup(() => {
    world = new AccountWorld(simulator);
  });
  teardown(() => world.signIn.dispose());
  suiteTeardown(() => simulator.dispose());

  const signIn = (limit = ''): Promise<boolean> => {
    world.typed.unshift(limit);
    return world.signIn.run();
  };
  const exchanges = () => simulator.requests.filter(({ path }) => path.endsWith('/auth/keys'));
  const lastExchange = () =>
    JSON.parse(exchanges().at(-1)?.rawBody ?? '{}') as Partial<Record<string, string>>;
  /** Resolves when the sign-in page was opened and nobody has come back yet. */
  const untilOpen = async (count = 1): Promise<void> => {
    while (world.browser.opened.length < count) await new Promise(resolve => setImmediate(resolve));
  };

  test('ends with a verified key in the secret storage', async () => {
    assert.equal(await signIn(), true);
    assert.match(world.key ?? '', /^sk-or-v1-oauth-/);
    const { text, details = '' } = world.lastTold;
    assert.equal(text, 'You are signed in. $50 of its $50 limit is left.');
    assert.match(details, /^Key sk-or-v1-\S+, no expiry date, data regions global, workspace 0000/);
  });

  test('asks with S256 and a fresh state, and shows the verifier to the exchange alone', async () => {
    await signIn();
    await signIn();
    const [first, second] = world.browser.opened;
    assert.equal(first?.searchParams.get('code_challenge_method'), 'S256');
    assert.match(first?.searchParams.get('code_challenge') ?? '', /^[\w-]{43}$/);
    for (const name of ['state', 'code_challenge']) {
      assert.notEqual(first?.searchParams.get(name), second?.searchParams.get(name));
    }
    const { code_verifier: verifier = '' } = lastExchange();
    assert.match(verifier, /^[\w-]{43}$/);
    assert.ok(!second?.href.includes(verifier));
    assert.equal(exchanges().at(-1)?.headers.authorization, undefined);
  });

  test('gives the new key the limit that was typed', async () => {
    await signIn(' $2.50 ');
    assert.match(world.lastTold.text, /\$2\.5 of its \$2\.5 limit is left/);
  });

  test('asks for no limit unless one is typed', async () => {
    await signIn('');
    assert.equal(world.browser.opened[0]?.searchParams.has('limit'), false);
  });

  test('is left at the question about the limit without opening anything', async () => {
    assert.equal(await world.signIn.run(), false);
    assert.deepEqual(world.browser.opened, []);
    assert.match(world.lastTold.text, /cancelled\. Run Sign In or Set API Key/);
  });

  for (const [end, sentence] of [
    ['cancel', /was cancelled and no key was stored/],
    ['timeUp', /not finished within 10 minutes/],
  ] as const) {
    test(`${end}: ends with a sentence and the ways to go on, and takes no late return`, async () => {
      world.browser.onPage = 'nothing';
      const result = signIn();
      await untilOpen();
      world[end]();
      assert.equal(await result, false);
      assert.match(world.lastTold.text, sentence);
      assert.deepEqual(world.lastTold.buttons, ['Sign In Again', 'Use a Code', 'Set API Key']);
      const state = world.browser.opened[0]?.searchParams.get('state');
      world.browser.comeBack({ path: `/sign-in/${state}`, query: `code=late&state=${state}` });
      assert.match(world.lastTold.text, /already ended/);
      assert.equal(world.key, undefined);
    });
  }

  test('denied: says so, and signs in again when asked to', async () => {
    world.browser.onPage = 'deny';
    assert.equal(await signIn(), false);
    assert.match(world.lastTold.text, /access was not allowed/);
    world.typed.push('');
    world.pressed.push('Sign In Again');
    const again = world.signIn.run();
    await untilOpen(2);
    world.browser.onPage = 'allow';
    assert.equal(await again, true);
  });

  test('a wrong state is ignored with a word; the right one still counts', async () => {
    world.browser.onPage = 'nothing';
    const result = signIn();
    await untilOpen();
    const state = world.browser.opened[0]?.searchParams.get('state');
    for (const stray of [
      { path: '/sign-in/another', query: 'code=stolen&state=another' },
      { path: `/sign-in/${state}`, query: 'code=stolen&state=another' },
      { path: `/sign-in/${state}`, query: `code=stolen&state=${state}&state=another` },
      { path: `/other/${state}`, query: `code=stolen&state=${state}` },
    ]) {
      const before = exchanges().length;
      world.browser.comeBack(stray);
      assert.match(world.lastTold.text, /belongs to no sign-in of this window/);
      assert.equal(exchanges().length, before);
    }
    await world.browser.decide('allow');
    assert.equal(await result, true);
  });

  test('a second return changes nothing', async () => {
    await signIn();
    const { key } = world;
    const before = exchanges().length;
    assert.ok(world.browser.last);
    world.browser.comeBack(world.browser.last);
    assert.match(world.lastTold.text, /already ended: a code works once/);
    assert.deepEqual([world.key, exchanges().length], [key, before]);
  });

  test('an expired code is told of', async () => {
    world.browser.hasAddress = false;
    world.typed.push(async () => {
      const code = await world.browser.readCode();
      nowMs += 600_000;
      return code;
    });
    assert.equal(await signIn(), false);
    assert.match(world.lastTold.text, /used up or older than 10 minutes/);
  });

  test('a code that belongs to another verifier is refused', async () => {
    world.browser.hasAddress = false;
    world.typed.push(async () => 'auth_code_of_another');
    assert.equal(await signIn(), false);
    assert.match(world.lastTold.text, /does not take this sign-in code/);
  });

  test('without an address of the window the page shows a code to paste', async () => {
    world.browser.hasAddress = false;
    world.typed.push(() => world.browser.readCode());
    assert.equal(await signIn('3'), true);
    assert.equal(world.browser.opened[0]?.searchParams.has('callback_url'), false);
    assert.match(world.lastTold.text, /\$3 of its \$3/);
  });

  test('a browser that did not open leads to a code, whose page can be opened elsewhere', async () => {
    world.browser.onPage = 'doNotOpen';
    world.pressed.push('Use a Code');
    world.typed.push(() => world.browser.readCode());
    assert.equal(await signIn(), true);
    assert.deepEqual(world.copied, [world.browser.opened.at(-1)?.href]);
    assert.ok(world.told.some(({ text }) => /was copied: open it in any browser/.test(text)));
  });

  test('a new sign-in takes the place of one that waits', async () => {
    world.browser.onPage = 'nothing';
    const first = signIn();
    await untilOpen();
    world.browser.onPage = 'allow';
    assert.deepEqual([await signIn(), await first], [true, false]);
    assert.deepEqual(
      world.told.filter(({ buttons }) => buttons.length > 0),
      [],
    );
  });

  test('an ending can lead to a pasted key', async () => {
    world.browser.onPage = 'deny';
    world.pressed.push('Set API Key');
    world.typed.push('sk-or-v1-pasted');
    assert.equal(await signIn(), true);
    assert.equal(world.key, 'sk-or-v1-pasted');
  });

  test('a server that fails keeps its words, without code and verifier', async () => {
    const body = { error: { code: 500, message: 'Try later' } };
    simulator.next({ status: 500, body }, 'auth');
    assert.equal(await signIn(), false);
    assert.match(world.lastTold.text, /^Signing in failed and no key was stored\. .*Try later/);
    const { code = '', code_verifier: verifier = '' } = lastExchange();
    for (const secret of [code, verifier]) {
      assert.ok(secret && world.told.every(({ text }) => !text.includes(secret)));
    }
  });

  test('offers the environment’s key first, once, and uses it only after a yes', async () => {
    world.keys.inEnvironment = 'sk-or-v1-environment';
    world.pressed.push('Do Not Use It');
    assert.equal(await signIn(), true);
    assert.match(world.key ?? '', /oauth/);
    assert.match(world.told[0]?.text ?? '', /OPENROUTER_API_KEY is set/);
    await signIn();
    assert.equal(world.told.filter(({ text }) => /OPENROUTER_API_KEY/.test(text)).length, 1);

    world = new AccountWorld(simulator);
    world.keys.inEnvironment = 'sk-or-v1-environment';
    world.pressed.push('Use This Key');
    assert.equal(await world.signIn.run(), true);
    assert.equal(world.key, 'sk-or-v1-environment');
    assert.deepEqual(world.browser.opened, []);
  });
});
