import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { PolicyOverride, ResourceMatch, SelectedPolicy } from '../../src/model/policy.ts';
import type { Resource, ScopeModel } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { needsOf } from '../../src/scan.ts';
import { matchPath } from '../../src/engine/match-path.ts';
import { matchResource } from '../../src/engine/match-resource.ts';
import { collectionOf, liveScope, liveSecret, planScope, plannedSecret, resultOf, statement } from './findings-of.ts';
import { assertion, makePolicy } from './make-policy.ts';

/** Passes where the secret has no more statements than the param allows. */
const few = makePolicy({
  id: 'secretsmanager-few-statements',
  sources: ['aws', 'terraform', 'cloudformation'],
  params: { most: { type: 'int', default: 1, minimum: 0, maximum: 9, description: 'Most statements' } },
  assert: [assertion('resource.statements.size() <= params.most', 'more than {{ params.most }}')],
});
const denials = makePolicy({
  id: 'secretsmanager-denials',
  sources: ['aws', 'terraform', 'cloudformation'],
  params: { effect: { type: 'string', default: 'Deny', description: 'Wanted' } },
  each: { var: 'statement', in: 'resource.statements' },
  assert: [assertion('statement.effect == params.effect')],
});

const most = (match: ResourceMatch, limit: number): PolicyOverride => ({
  match,
  at: 'c.yaml:7',
  setting: { kind: 'judged', params: { most: limit } },
});
const off = (match: ResourceMatch): PolicyOverride => ({
  match,
  at: 'c.yaml:9',
  setting: { kind: 'off', reason: 'switched off by c.yaml:9' },
});

function judge(scope: ScopeModel, ...overrides: readonly PolicyOverride[]): readonly Finding[] {
  return findingsOf(scope, { policy: few, params: { most: 1 }, overrides });
}

function findingsOf(scope: ScopeModel, ...selected: readonly SelectedPolicy[]): readonly Finding[] {
  return resultOf(collectionOf(scope), { detail: 'all' }, [...selected]).findings;
}

const say = (finding: Finding | undefined): string | undefined =>
  finding && `${finding.status}: ${'message' in finding ? finding.message : 'reason' in finding ? finding.reason : ''}`;

const two = [statement('a'), statement('b')];
const tagged = (tags: unknown): Partial<Resource> => ({
  attributes: { name: 'db', isReplica: false, rotation: { enabled: true }, statements: two, tags },
});
const live = (more: Partial<Resource> = {}): ScopeModel => liveScope([liveSecret('db', { statements: two }, more)]);
const planned = (more: Partial<Resource> = {}): ScopeModel => planScope([plannedSecret('a.b', 'db', { statements: two }, more)]);
const byDefault = 'fail: more than 1';
const matched = 'pass: ';

describe('which resources an override means', () => {
  it.each<[string, ScopeModel, ResourceMatch, string]>([
    ['its account', live(), { accounts: ['111122223333'] }, matched],
    ['one of its accounts', live(), { accounts: ['444455556666', '111122223333'] }, matched],
    ['another account', live(), { accounts: ['444455556666'] }, byDefault],
    ['its region', live(), { regions: ['eu-west-1'] }, matched],
    ['a pattern of its region', live(), { regions: ['eu-*'] }, matched],
    ['another region', live(), { regions: ['us-*'] }, byDefault],
    ['its tag', live(tagged({ env: 'sandbox' })), { tags: { env: 'sandbox' } }, matched],
    ['a pattern of its tag', live(tagged({ env: 'sandbox-7' })), { tags: { env: 'sandbox*' } }, matched],
    ['another value of its tag', live(tagged({ env: 'prod' })), { tags: { env: 'sandbox' } }, byDefault],
    ['a tag it has not', live(tagged({})), { tags: { env: '*' } }, byDefault],
    ['a tag that every object inherits', live(tagged({})), { tags: { constructor: '*' } }, byDefault],
    ['two of its tags', live(tagged({ env: 'sandbox', team: 'a' })), { tags: { env: 'sandbox', team: 'a' } }, matched],
    ['one of its tags and one it has not', live(tagged({ env: 'sandbox' })), { tags: { env: 'sandbox', team: 'a' } }, byDefault],
    ['its account in another region', live(), { accounts: ['111122223333'], regions: ['us-east-1'] }, byDefault],
    ['its file', planned(), { paths: { patterns: ['infra/*.tf'], from: '' } }, matched],
    ['the folder of its file', planned(), { paths: { patterns: ['infra'], from: '' } }, matched],
    ['its file, as seen from the folder of the configuration', planned(), { paths: { patterns: ['app/infra/**'], from: 'app' } }, matched],
    ['its file beside the folder of the configuration', planned(), { paths: { patterns: ['../app/infra/**'], from: '../app' } }, matched],
    ['another file', planned(), { paths: { patterns: ['prod/**'], from: '' } }, byDefault],
    ['a file, of what is in no file', live(), { paths: { patterns: ['**'], from: '' } }, byDefault],
  ])('%s', (_name, scope, match, expected) => {
    expect(judge(scope, most(match, 2)).map(say)).toEqual([expected]);
  });

  it.each<[string, string, readonly (readonly [string, string])[] | boolean]>([
    ['what has tags that nothing reads may have it', 'AWS::Events::Rule', [['tags', 'the tags of AWS::Events::Rule are not read']]],
    ['what can have no tags has it not', 'AWS::IAM::Group', false],
    ['an account has none of its own', 'AWS::::Account', false],
  ])('by tag: %s', (_name, type, expected) => {
    const scope = liveScope([{ ...liveSecret('db'), type }]);
    const [resource] = scope.resources;
    const found = resource && matchResource({ tags: { env: 'sandbox' } }, resource, scope.scope);
    expect(typeof found === 'object' ? found.map(({ path, detail }) => [path, detail]) : found).toEqual(expected);
  });

  it('the first that matches counts', () => {
    const own = { accounts: ['111122223333'] };
    const other = { accounts: ['444455556666'] };
    expect(judge(live(), most(other, 2), off(own), most(own, 2)).map(say)).toEqual(['not_applicable: switched off by c.yaml:9']);
    expect(judge(live(), most(own, 0), off(own)).map(say)).toEqual(['fail: more than 0']);
  });

  it('each resource by its own', () => {
    const scope = liveScope([
      liveSecret('a', { statements: two }),
      liveSecret('b', { statements: two }, { account: '444455556666' }),
      liveSecret('c', { statements: two }, { account: '777788889999' }),
    ]);
    const found = judge(scope, most({ accounts: ['444455556666'] }, 2), off({ accounts: ['777788889999'] }));
    expect(found.map(say).sort()).toEqual([byDefault, 'not_applicable: switched off by c.yaml:9', matched]);
  });

  it('a policy that is off but for some', () => {
    const scope = liveScope([liveSecret('a', { statements: two }), liveSecret('b', { statements: two }, { account: '444455556666' })]);
    const overrides = [most({ accounts: ['444455556666'] }, 0)];
    const found = findingsOf(scope, { policy: few, params: { most: 1 }, off: 'switched off by c.yaml:3', overrides });
    expect(found.map(say).sort()).toEqual(['fail: more than 0', 'not_applicable: switched off by c.yaml:3']);
  });
});

describe('where it is not known which override applies, nothing is passed or blamed that hangs on it', () => {
  const sandbox = { accounts: ['444455556666'] };
  const unknownTags = new Unknown('access-denied', 'not allowed', 'ssm:ListTagsForResource');
  const why = 'whether the override at c.yaml:7 applies is not known: the account is not known';
  it.each<[string, ScopeModel, readonly PolicyOverride[], string]>([
    ['a looser limit that would pass it', planned(), [most(sandbox, 2)], `unknown: not verified: account: ${why}`],
    ['a stricter limit that would fail it', planned(), [most(sandbox, 2), most({ regions: ['eu-west-1'] }, 0)], 'unknown: '],
    ['it fails by both', planned(), [most(sandbox, 0)], 'fail: more than 0 (and fails however the override at c.yaml:7 turns out)'],
    ['it passes by both', planScope([plannedSecret('a.b', 'db', { statements: [] })]), [most(sandbox, 0)], matched],
    ['both say the same', planned(), [most(sandbox, 1)], byDefault],
    [
      'off in one, fails by the other',
      planned(),
      [off(sandbox)],
      'unknown: not verified: account: whether the override at c.yaml:9 applies',
    ],
    ['tags that could not be read', live(tagged(unknownTags)), [most({ tags: { env: 'sandbox' } }, 2)], 'unknown: not verified: tags: '],
    [
      'a tag whose value is not known',
      live(tagged({ env: new Unknown('known-after-apply', 'known after apply') })),
      [most({ tags: { env: 'sandbox' } }, 2)],
      'unknown: not verified: tags.env: ',
    ],
    ['a file that is not known', planned({ locate: () => undefined }), [most({ paths: { patterns: ['a'], from: '' } }, 2)], 'unknown: '],
    ['what is known is enough to say no', planned(), [most({ ...sandbox, paths: { patterns: ['prod'], from: '' } }, 2)], byDefault],
    [
      'what cannot be judged by either',
      planScope([plannedSecret('a.b', 'db', { statements: unknownTags })]),
      [most(sandbox, 2)],
      'unknown: ',
    ],
  ])('%s', (_name, scope, overrides, expected) => {
    const found = judge(scope, ...overrides).map(say);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  it('names what both the override and the policy wait for', () => {
    const [found] = judge(planScope([plannedSecret('a.b', 'db', { statements: unknownTags })]), most(sandbox, 2));
    expect(found?.status === 'unknown' && found.unknown.map(({ path, action }) => [path, action])).toEqual([
      ['account', undefined],
      ['statements', 'ssm:ListTagsForResource'],
    ]);
  });

  it('an item that fails by both is blamed, as is the first where each fails another; the rest is unknown', () => {
    const mixed = [statement('a', 'Allow'), statement('b', 'Deny')];
    const override = { match: sandbox, at: 'c.yaml:7', setting: { kind: 'judged', params: { effect: 'Allow' } } } as const;
    const scope = planScope([plannedSecret('a.b', 'db', { statements: mixed })]);
    const statuses = (effect: string): readonly string[] =>
      findingsOf(scope, {
        policy: denials,
        params: { effect: 'Deny' },
        overrides: [{ ...override, setting: { kind: 'judged', params: { effect } } }],
      }).map(({ status, itemKey }) => `${status} ${itemKey ?? ''}`);
    expect(statuses('Never')).toEqual(['unknown ', 'fail a']);
    expect(statuses('Allow')).toEqual(['unknown ', 'fail b']);
  });

  it('conditions of the code and the override are open at once', () => {
    const attributes = plannedSecret('a.b', 'db', { statements: new Unknown('unresolved-reference', 'IsProd') }).attributes;
    const variant = (count: number): Pick<Resource, 'attributes'> => ({ attributes: { ...attributes, statements: two.slice(0, count) } });
    const open = (...counts: readonly number[]): ScopeModel =>
      planScope([
        { ...plannedSecret('a.b', 'db'), attributes, variants: { decidedBy: 'the condition IsProd', each: counts.map(variant) } },
      ]);
    expect(judge(open(2, 2), most(sandbox, 0)).map(say)).toEqual([
      'fail: more than 0 (and fails however the override at c.yaml:7 (and the condition IsProd) turns out)',
    ]);
    expect(judge(open(1, 2), most(sandbox, 2)).map(({ status }) => status)).toEqual(['unknown']);
    expect(judge(open(0, 0), most(sandbox, 2)).map(({ status }) => status)).toEqual(['pass']);
  });
});

describe('the result', () => {
  const overrides = [most({ accounts: ['444455556666'] }, 2)];
  it('says what differs where', () => {
    const { policies } = resultOf(collectionOf(live()), {}, [{ policy: few, params: { most: 1 }, overrides }]);
    expect(policies[0]).toMatchObject({ params: { most: 1 }, overrides });
  });

  it('of another configuration has another id', () => {
    const id = (selected: SelectedPolicy): string => resultOf(collectionOf(live()), { clock: { kind: 'fixed' } }, [selected]).run.id;
    const plain = { policy: few, params: { most: 1 } };
    expect(new Set([id(plain), id({ ...plain, overrides }), id({ ...plain, off: 'x' })]).size).toBe(3);
  });

  it('tags are read only where an override asks for them', () => {
    const needs = (match: ResourceMatch): boolean | undefined =>
      needsOf([{ policy: few, params: { most: 1 }, overrides: [most(match, 2)] }])
        .get('AWS::SecretsManager::Secret')
        ?.has('tags');
    expect(needs({ tags: { env: 'sandbox' } })).toBe(true);
    expect(needs({ regions: ['eu-west-1'] })).toBe(false);
  });

  it('a type without tags is not asked for them', () => {
    const rule = makePolicy({ id: 'rule-named', resource: 'AWS::Events::Rule', assert: [assertion("resource.name != ''")] });
    const needs = needsOf([{ policy: rule, params: {}, overrides: [most({ tags: { env: 'sandbox' } }, 2)] }]);
    expect(needs.get('AWS::Events::Rule')?.has('tags')).toBe(false);
  });
});

describe('patterns of paths', () => {
  it.each<[string, string, boolean]>([
    ['infra/main.tf', 'infra/main.tf', true],
    ['./infra/main.tf', 'infra/main.tf', true],
    ['infra', 'infra/modules/db/main.tf', true],
    ['infra/', 'infra/main.tf', true],
    ['infra', 'infrastructure/main.tf', false],
    ['infra', 'prod/infra/main.tf', false],
    ['*.tf', 'main.tf', true],
    ['*.tf', 'infra/main.tf', false],
    ['**/*.tf', 'main.tf', true],
    ['**/*.tf', 'infra/a/main.tf', true],
    ['**/test/**', 'infra/test/main.tf', true],
    ['**/test/**', 'infra/tests/main.tf', false],
    ['a/**/b.tf', 'a/b.tf', true],
    ['a/**/b.tf', 'a/x/y/b.tf', true],
    ['a/**/b.tf', 'a/x/y/c.tf', false],
    ['a/*/b.tf', 'a/x/b.tf', true],
    ['a/*/b.tf', 'a/x/y/b.tf', false],
    ['a/?.tf', 'a/b.tf', true],
    ['**', 'a', true],
    ['../b/**', '../b/main.tf', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(matchPath(pattern, path)).toBe(expected);
  });

  it('a hostile pattern ends', () => {
    expect(matchPath('**/a/'.repeat(200), 'a/'.repeat(2000) + 'b')).toBe(true);
    expect(matchPath(`${'**/a/'.repeat(200)}c/d`, 'a/'.repeat(2000) + 'b')).toBe(false);
  });
});
