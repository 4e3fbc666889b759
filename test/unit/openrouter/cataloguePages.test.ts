import assert from 'node:assert/strict';
import { createCatalogue } from '../../../src/openrouter/rest';
import { parsePresets } from '../../../src/openrouter/wire/catalogue';
import { connectTo } from '../../support/openrouter/chatCalls';
import { type Handler, ScriptedServer } from '../../support/openrouter/scriptedServer';

const live = (): AbortSignal => new AbortController().signal;

interface Page {
  readonly data: readonly unknown[];
  readonly links?: unknown;
}

/** What a list of `pages` gives, and the paths that were asked for. */
async function listOf(
  pages: readonly Page[],
  selection?: 'zeroRetention',
): Promise<{ ids: readonly string[] | string; paths: readonly string[] }> {
  const paths: string[] = [];
  const handler: Handler = (response, { url = '' }) => {
    const page = pages[Math.min(paths.push(url), pages.length) - 1];
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
  };
  const server = await ScriptedServer.start(handler);
  try {
    const catalogue = createCatalogue(connectTo(server.baseUrl));
    if (selection) {
      const found = await catalogue.idsOf(selection, live());
      return { ids: found.ok ? found.value : found.failure.kind, paths };
    }
    const found = await catalogue.list(live());
    return { ids: found.ok ? found.value.map(({ id }) => id) : found.failure.kind, paths };
  } finally {
    await server.stop();
  }
}

suite('pages of the list of models', () => {
  const next = (query: string) => ({ next: `/api/v1/models?${query}` });

  test('are read up to the last one', async () => {
    const { ids, paths } = await listOf([
      { data: [{ id: 'a/1' }], links: next('offset=1&limit=1') },
      { data: [{ id: 'a/2' }], links: { next: 'https://elsewhere.example/models?offset=2&limit=1' } },
      { data: [{ id: 'a/3' }], links: { next: null } },
    ]);
    assert.deepEqual(ids, ['a/1', 'a/2', 'a/3']);
    assert.deepEqual(
      paths.map(path => path.replace(/^.*\/models/, '')),
      ['', '?offset=1&limit=1', '?offset=2&limit=1'],
    );
  });

  test('keep the filter of the first', async () => {
    const { paths } = await listOf(
      [{ data: [{ id: 'a/1' }], links: next('offset=1') }, { data: [] }],
      'zeroRetention',
    );
    assert.match(paths[1] ?? '', /\/models\?zdr=true&offset=1$/);
  });

  test('end where a server leads round in circles or on for ever', async () => {
    const circle = await listOf([{ data: [{ id: 'a/1' }], links: next('offset=0') }]);
    assert.deepEqual([circle.ids, circle.paths.length], [['a/1'], 2]);
    const pages = Array.from({ length: 99 }, (_, index) => ({ data: [], links: next(`offset=${index}`) }));
    assert.equal((await listOf(pages)).paths.length, 50);
  });

  test('that are none make no list', async () => {
    assert.equal(
      (await listOf([{ data: [], links: next('offset=1') }, { data: 5 as never }])).ids,
      'notOpenRouter',
    );
    for (const links of [null, 5, 'x', { next: 5 }, { next: '/models' }])
      assert.equal((await listOf([{ data: [{ id: 'a/1' }], links }])).paths.length, 1);
  });

  test('an empty list is a list', async () => assert.deepEqual((await listOf([{ data: [] }])).ids, []));
});

test('presets that can be used are read, odd ones left out', () => {
  const data = [
    { slug: 'a', name: 'A', status: 'active' },
    { slug: 'b', status: 'disabled' },
    { slug: 'two words' },
    { name: 'none' },
    null,
    { slug: 'c-1' },
  ];
  assert.deepEqual(parsePresets({ data }), [{ slug: 'a', name: 'A' }, { slug: 'c-1' }]);
  assert.equal(parsePresets({ data: {} }), undefined);
});
