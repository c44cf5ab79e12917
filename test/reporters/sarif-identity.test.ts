import { describe, expect, it } from 'vitest';
import type { SelectedPolicy } from '../../src/model/policy.ts';
import type { Resource, ScopeModel } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import type { SourceLocation } from '../../src/model/location.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { toSarif } from '../../src/reporters/sarif.ts';
import type { SarifResult } from '../../src/reporters/sarif-log.ts';
import { scan, type ScanOptions } from '../../src/scan.ts';
import { liveScope, liveSecret, planScope, plannedSecret, rotates, statement } from '../engine/findings-of.ts';
import { assertion, makePolicy } from '../engine/make-policy.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { usual } from './sarif-cases.ts';

const day = 86_400_000;

function judge(
  scopes: readonly ScopeModel[],
  selected: readonly SelectedPolicy[] = [rotates],
  more: Partial<ScanOptions> = {},
): ScanResult {
  return scan({ scopes, provenance: {}, notes: [] }, selected, {
    ...{ now: Date.UTC(2026, 0, 1), detail: 'all', failOn: 'low', failOnUnknown: 'low', toolVersion: '0', clock: { kind: 'fixed' } },
    ...more,
  });
}

/** What GitHub tells alerts apart by: rule, file, hash; and our own id beside it. */
function identities(result: ScanResult): readonly string[] {
  const { log } = toSarif(result, usual);
  expect(checkGithubProfile(log)).toEqual([]);
  return log.runs.flatMap(({ automationDetails, results }) => results.map((one) => identity(automationDetails.id, one))).sort();
}

function identity(category: string, { ruleId, locations: [{ physicalLocation }], partialFingerprints }: SarifResult): string {
  return JSON.stringify([category, ruleId, physicalLocation.artifactLocation.uri, partialFingerprints]);
}

/** Where a block stands, and the hash of its first line, which goes with the text and not with the line. */
function at(line: number, lineHash = 'aaaabbbbccccdddd:1'): Pick<Resource, 'locate'> {
  const location: SourceLocation = { file: 'infra/main.tf', startLine: line, startColumn: 1, endLine: line + 2, endColumn: 2, lineHash };
  return { locate: () => location };
}

const fails = { rotates: false };
const live = liveSecret('db', fails);
const other = liveSecret('other', fails);
const planned = plannedSecret('x.db', 'db', fails, at(5));
const otherwise = (parts: Parameters<typeof makePolicy>[0]): readonly SelectedPolicy[] => [
  {
    policy: makePolicy({
      id: 'secretsmanager-rotates',
      sources: ['aws', 'terraform', 'cloudformation'],
      assert: [{ ...assertion('resource.rotation.enabled'), locate: 'resource.rotation.enabled' }],
      ...parts,
    }),
    params: {},
  },
];

describe('the identity of an alert stays', () => {
  const before = identities(judge([liveScope([live, other]), planScope([planned])]));
  it('and there is one for each finding', () => expect(new Set(before).size).toBe(3));

  it.each<readonly [string, () => ScanResult]>([
    ['when resources and scopes come in another order', () => judge([planScope([planned]), liveScope([other, live])])],
    [
      'when time passes',
      () => judge([liveScope([live, other]), planScope([planned])], [rotates], { now: Date.UTC(2026, 0, 1) + 400 * day }),
    ],
    ['when the severity changes', () => judge([liveScope([live, other]), planScope([planned])], otherwise({ severity: 'low' }))],
    [
      'when the text of the policy changes',
      () =>
        judge(
          [liveScope([live, other]), planScope([planned])],
          otherwise({ assert: [assertion('resource.rotation.enabled', 'another text')] }),
        ),
    ],
    [
      'when another policy comes',
      () =>
        judge(
          [liveScope([live, other]), planScope([planned])],
          [...otherwise({ id: 'secretsmanager-b', assert: [assertion('true')] }), rotates],
        ),
    ],
    ['when its lines shift', () => judge([liveScope([live, other]), planScope([plannedSecret('x.db', 'db', fails, at(50))])])],
    [
      'when the ARN gets another random suffix',
      () => judge([liveScope([{ ...live, address: live.address.replace(/-AbCdEf$/, '-ZyXwVu') }, other]), planScope([planned])]),
    ],
    [
      'when attributes change that the verdict does not rest on',
      () => judge([liveScope([{ ...live, attributes: { ...live.attributes, tags: { team: 'web' } } }, other]), planScope([planned])]),
    ],
    ['when a region comes that has nothing', () => judge([liveScope([live, other]), liveScope([], 'us-east-1'), planScope([planned])])],
    ['when only failures are listed', () => judge([liveScope([live, other]), planScope([planned])], [rotates], { detail: 'failing' })],
  ])('%s', (_, result) => expect(identities(result())).toEqual(before));

  it('when statements are put in another order, or one before', () => {
    const policies = otherwise({
      id: 'secretsmanager-grants',
      each: { var: 's', in: 'resource.statements' },
      assert: [assertion("s.effect == 'Deny'")],
    });
    const of = (sids: readonly string[]): readonly string[] =>
      identities(judge([liveScope([liveSecret('db', { statements: sids.map((sid) => statement(sid)) })])], policies));
    const two = of(['A', 'B']);
    expect(of(['B', 'A'])).toEqual(two);
    expect(of(['C', 'A', 'B'])).toEqual(expect.arrayContaining([...two]));
  });
});

describe('the identity of an alert changes', () => {
  const before = identities(judge([liveScope([live])]));
  it.each<readonly [string, () => ScanResult]>([
    ['when the resource is renamed', () => judge([liveScope([liveSecret('renamed', fails)])])],
    ['with the region', () => judge([liveScope([liveSecret('db', fails, { region: 'us-east-1' })], 'us-east-1')])],
    ['with the policy', () => judge([liveScope([live])], otherwise({ id: 'secretsmanager-other' }))],
  ])('%s', (_, result) => {
    const after = identities(result());
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  it('when the block of code is renamed', () => {
    const hashes = ['aaaabbbbccccdddd:1', 'eeeeffff00001111:1'];
    const [one, two] = ['x.db', 'x.renamed'].map((address, index) =>
      identities(judge([planScope([plannedSecret(address, 'db', fails, at(5, hashes[index]))])])),
    );
    expect(one).not.toEqual(two);
  });
});

describe('fail yesterday, AccessDenied today', () => {
  const denied = new Unknown('access-denied', 'AccessDeniedException on secretsmanager:DescribeSecret', 'secretsmanager:DescribeSecret');
  const yesterday = judge([liveScope([live, other])]);
  const today = judge([liveScope([liveSecret('db', { rotates: denied }), other])], [rotates], { baseline: yesterday });

  it('stays an open alert under the same identity, which says that it could not be verified', () => {
    expect(identities(today)).toEqual(identities(yesterday));
    const results = toSarif(today, usual).log.runs.flatMap((run) => run.results);
    const mine = results.find(({ properties }) => properties['status'] === 'unknown');
    expect(mine).toMatchObject({
      kind: 'fail',
      level: 'note',
      baselineState: 'unchanged',
      message: { text: 'Could not verify: Test: db' },
    });
  });

  it('is unverified, and nothing is fixed', () => {
    expect(today.run.baseline).toMatchObject({ new: 0, persisting: 1, unverified: 1, fixed: [], notJudged: 0 });
    expect(today.run).toMatchObject({ exitCode: 1, outcome: 'violations' });
  });

  const gap = {
    operation: 'secretsmanager:ListSecrets',
    action: 'secretsmanager:ListSecrets',
    types: ['AWS::SecretsManager::Secret'],
    reason: 'access-denied',
    count: 1,
    hint: 'Grant it.',
  } as const;
  const unread = liveScope([], 'eu-west-1', { status: 'failed', gaps: [gap] });

  it('is written again as it was, so that no alert closes, where the secrets cannot even be listed', () => {
    const result = judge([unread, liveScope([], 'us-east-1')], [rotates], { baseline: yesterday });
    const { log, warnings } = toSarif(result, usual);
    expect(identities(result)).toEqual(identities(yesterday));
    expect(log.runs[0]?.results.map(({ level, baselineState }) => [level, baselineState])).toEqual([
      ['note', 'unchanged'],
      ['note', 'unchanged'],
    ]);
    expect(warnings).toEqual([
      expect.stringMatching(/^account 111122223333 could not be read as a whole: what was open since 2026-01-01 is/),
    ]);
    expect(result.run.baseline).toMatchObject({ fixed: [], unverified: 2, notJudged: 0 });
  });

  const cases: readonly (readonly [name: string, before: ReturnType<typeof judge> | undefined])[] = [
    ['without a run before', undefined],
    ['where the run before could not read it as a whole either', judge([unread])],
    ['where the run before was of another region', judge([liveScope([live], 'us-east-1')])],
  ];
  it.each(cases)('leaves the category out %s', (_name, before) => {
    const { log, warnings } = toSarif(judge([unread], [rotates], before === undefined ? {} : { baseline: before }), usual);
    expect(log.runs).toEqual([]);
    expect(warnings[0]).toMatch(/^account 111122223333 is left out: secretsmanager:ListSecrets failed \(access-denied\)/);
  });
});
