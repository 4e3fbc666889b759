import assert from 'node:assert/strict';
import { specialRegion, specialTier } from '../../../src/core/chat/routing';
import { stageName, stageNotices } from '../../../src/core/chat/routingText';

suite('routing in words', () => {
  test('a turn says what may have changed its texts, each thing once, and nothing of the rest', () => {
    const notices = stageNotices({
      stages: [
        { type: 'plugin', name: 'file-parser', costUsd: '0.004' },
        { type: 'server_tools' },
        { type: 'a_stage_of_later' },
        { type: 'context_compression', summary: 'Cut the middle.' },
        { type: 'guardrail', guardrailId: 'grd_1', guardrailScope: 'workspace' },
        { type: 'guardrail', guardrailId: 'grd_1', guardrailScope: 'workspace' },
        { type: 'response_healing' },
      ],
    });
    assert.deepEqual(
      notices.map(({ type, words, kind }) => [type, words, kind]),
      [
        ['context_compression', 'Cut the middle.', 'warning'],
        ['guardrail', undefined, 'warning'],
        ['response_healing', undefined, 'info'],
      ],
    );
    assert.match(
      notices[1]?.sentence ?? '',
      /^A guardrail of the workspace \(grd_1\) acted on this request: /,
    );
    assert.deepEqual(stageNotices(undefined), []);
    assert.deepEqual(stageNotices({ summary: 'Beta answered.' }), []);
  });

  test('a stage that is told as a plugin counts as what the plugin does', () => {
    for (const name of ['context-compression', 'response-healing']) {
      const [notice] = stageNotices({ stages: [{ type: 'plugin', name }] });
      assert.equal(notice?.type, name.replace('-', '_'));
    }
  });

  test('names of stages are read as words', () => {
    assert.equal(stageName({ type: 'plugin', name: 'file-parser' }), 'Plugin file-parser');
    assert.equal(
      stageName({ type: 'context_compression', name: 'context-compression' }),
      'Context compression',
    );
    assert.equal(stageName({ type: 'new_thing' }), 'New thing');
  });

  test('only an unusual tier or region is special', () => {
    const routings = [
      undefined,
      {},
      { serviceTier: 'default', region: 'global' },
      { serviceTier: 'standard' },
    ];
    for (const routing of routings)
      assert.deepEqual([specialTier(routing), specialRegion(routing)], [undefined, undefined]);
    const flex = { serviceTier: 'flex', region: 'europe' };
    assert.deepEqual([specialTier(flex), specialRegion(flex)], ['flex', 'europe']);
  });
});
