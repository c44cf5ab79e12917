import { expect, it } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Evidence } from '../../src/model/finding.ts';
import type { Attributes } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { assertion, collectionOf, makePolicy, secret } from './make-policy.ts';

const now = Date.UTC(2026, 0, 1);
const u = new Unknown('access-denied', 'denied');
const provenance = {
  'AWS::SecretsManager::Secret': {
    '': 'secretsmanager:ListSecrets',
    rotation: 'secretsmanager:DescribeSecret',
    statements: 'secretsmanager:GetResourcePolicy',
  },
};

function evidence(that: string, attributes: Attributes, more: Parameters<typeof makePolicy>[0] = {}): readonly Evidence[] {
  const policy = makePolicy({ assert: [assertion(that)], ...more });
  const [finding] = evaluate(collectionOf([secret(attributes)], 'aws', provenance), [{ policy, params: {} }], {
    now,
    detail: 'all',
  }).findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  if (!finding || !('evidence' in finding)) throw new Error('no evidence');
  return finding.evidence;
}

it('times are ISO 8601, and each fact names the call that it comes from', () => {
  expect(
    evidence('has(resource.rotation.lastRotatedAt) && resource.rotation.lastRotatedAt > now', {
      rotation: { enabled: true, lastRotatedAt: now },
    }),
  ).toEqual([{ path: 'rotation.lastRotatedAt', state: 'value', value: '2026-01-01T00:00:00.000Z', api: 'secretsmanager:DescribeSecret' }]);
  expect(evidence('resource.createdAt > now', { createdAt: now })).toEqual([
    { path: 'createdAt', state: 'value', value: '2026-01-01T00:00:00.000Z', api: 'secretsmanager:ListSecrets' },
  ]);
});

it('absent and unknown are told apart', () => {
  expect(evidence('has(resource.rotation.schedule) && resource.rotation.enabled', { rotation: { enabled: u } })).toEqual([
    { path: 'rotation.enabled', state: 'unknown', api: 'secretsmanager:DescribeSecret' },
    { path: 'rotation.schedule', state: 'absent', api: 'secretsmanager:DescribeSecret' },
  ]);
  expect(evidence('resource.rotation.enabled', { rotation: u })).toEqual([
    { path: 'rotation', state: 'unknown', api: 'secretsmanager:DescribeSecret' },
  ]);
});

it('what `when` reads is evidence too, what a variable reads stands for it, params do not', () => {
  const found = evidence(
    'variables.v',
    { primaryRegion: 'x', tags: {} },
    { when: 'has(resource.primaryRegion)', variables: [{ name: 'v', expr: 'has(resource.tags.owner) || resource.isReplica' }] },
  );
  expect(found.map(({ path, state }) => `${path} ${state}`)).toEqual(['isReplica value', 'primaryRegion value', 'tags.owner absent']);
});

it('long texts and lists are cut', () => {
  const [text] = evidence("resource.primaryRegion == ''", { primaryRegion: 'x'.repeat(1000) });
  expect(String(text?.value)).toHaveLength(301);
  expect(evidence('resource.replicas.size() == 0', { replicas: Array.from({ length: 30 }, () => ({})) })).toMatchObject([
    { value: '30 items' },
  ]);
  expect(evidence('resource.tags.size() == 0', { tags: { a: 'SECRET-LOOKING-FAKE' } })).toMatchObject([{ path: 'tags', value: '1 entry' }]);
  expect(evidence('resource.replicas.size() == 0', { replicas: [{}] })).toMatchObject([{ value: '1 item' }]);
});

it('of an item, with its place in the list', () => {
  const found = evidence(
    "!('bad' in s.actions)",
    {
      statements: [
        { effect: 'Allow', actions: [] },
        { sid: 'A', effect: 'Allow', actions: ['bad'] },
      ],
    },
    { each: { var: 's', in: 'resource.statements' }, when: "s.effect == 'Allow'" },
  );
  expect(found).toEqual([
    { path: 'statements[1].actions', state: 'value', value: ['bad'], api: 'secretsmanager:GetResourcePolicy' },
    { path: 'statements[1].effect', state: 'value', value: 'Allow', api: 'secretsmanager:GetResourcePolicy' },
  ]);
});
