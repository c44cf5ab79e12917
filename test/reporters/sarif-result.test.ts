import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.ts';
import type { SarifOptions } from '../../src/reporters/reporter.ts';
import type { SarifLog, SarifResult } from '../../src/reporters/sarif-log.ts';
import { toSarif } from '../../src/reporters/sarif.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { codeFinding, liveFinding } from './sample-finding.ts';
import { resultOf } from './sample-result.ts';
import { codeScope, failing, interval, liveScope, resultsOf, unreadable, usual } from './sarif-cases.ts';
import { createSarifValidator } from './sarif-schema.ts';

const validate = createSarifValidator();

const waiver = { id: 'w1', reason: 'moves in spring', owner: 'payments', expires: '2027-03-31' };

describe('results', () => {
  const target = { name: 'prod/db' };
  const shown: readonly (readonly [Finding['status'], Finding, SarifOptions, number])[] = [
    ['pass', liveFinding(interval, target, { status: 'pass' }), usual, 0],
    ['not_applicable', liveFinding(interval, target, { status: 'not_applicable', reason: 'a replica' }), usual, 0],
    ['fail', liveFinding(interval, target, failing), usual, 1],
    ['unknown', liveFinding(interval, target, unreadable), usual, 1],
    ['unknown', liveFinding(interval, target, unreadable), { ...usual, unknown: 'none' }, 0],
    ['waived', liveFinding(interval, target, { ...failing, status: 'waived', waiver }), usual, 0],
    ['waived', liveFinding(interval, target, { ...failing, status: 'waived', waiver }), { ...usual, waived: 'include' }, 1],
  ];
  it.each(shown)('of %s: %#', (_, finding, options, count) => {
    expect(resultsOf([finding], options)).toHaveLength(count);
  });

  it('keep the identity of a failure that can no longer be verified', () => {
    const [before] = resultsOf([liveFinding(interval, target, failing)]);
    const [after] = resultsOf([liveFinding(interval, target, unreadable)]);
    expect(after?.partialFingerprints).toEqual(before?.partialFingerprints);
    expect(after?.locations).toEqual(before?.locations);
    expect(after).toMatchObject({
      kind: 'fail',
      level: 'note',
      message: { text: 'Could not verify: Secrets rotate at least every 90 days: prod/db' },
    });
    expect(before).toMatchObject({ kind: 'fail', level: 'error', message: { text: 'Secrets rotate at least every 90 days: prod/db' } });
  });

  it('say the same whatever ages the message of the finding counts', () => {
    const texts = ['412 days ago', '413 days ago'].map(
      (message) => resultsOf([liveFinding(interval, target, { ...failing, message })])[0]?.message.text,
    );
    expect(new Set(texts).size).toBe(1);
  });

  it('that are waived are suppressed with the reason, and the others say that they are not', () => {
    const findings = [
      liveFinding(interval, target, { ...failing, status: 'waived', waiver }),
      liveFinding(interval, { name: 'b' }, failing),
    ];
    const [waived, open] = resultsOf(findings, { ...usual, waived: 'include' });
    expect(waived?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'moves in spring (waiver w1, owner payments, expires 2027-03-31)' },
    ]);
    expect(open?.suppressions).toEqual([]);
  });

  it('of items are apart', () => {
    const findings = ['One', 'Two'].map((itemKey) =>
      liveFinding('iam-no-secret-read-on-all', { type: 'AWS::IAM::Role', name: 'r', region: 'global' }, { ...failing, itemKey }),
    );
    const { log } = toSarif(resultOf(findings), usual);
    expect(log.runs[0]?.results.map(({ message }) => message.text)).toEqual([
      'Nobody may read every secret: r (One)',
      'Nobody may read every secret: r (Two)',
    ]);
    expect(checkGithubProfile(log)).toEqual([]);
  });

  it('do not make links of names', () => {
    const [result] = resultsOf([liveFinding(interval, { name: '[x](1)' }, failing)]);
    expect(result?.message.text).toBe('Secrets rotate at least every 90 days: \\[x](1)');
  });

  it('refuse a finding of a policy that is not described', () => {
    expect(() => resultsOf([liveFinding('no-such-policy', target, failing)])).toThrow(/no-such-policy/);
  });
});

describe('infrastructure code', () => {
  const scopes = [codeScope('infra')];
  const resultsOfCode = (findings: readonly Finding[]): readonly SarifResult[] =>
    toSarif(resultOf(findings, { scopes }), usual).log.runs.flatMap(({ results }) => results);

  it('shows the instances of one block as one result that lists them, failing if one fails', () => {
    const findings = [
      codeFinding(interval, 'x.db[0]', 'infra/a.tf', 5, unreadable),
      codeFinding(interval, 'x.db[1]', 'infra/a.tf', 5, failing),
      codeFinding(interval, 'x.db[2]', 'infra/a.tf', 9, failing),
    ];
    const results = resultsOfCode(findings);
    expect(results.map(({ message, level }) => [level, message.text])).toEqual([
      ['error', 'Secrets rotate at least every 90 days: x.db[0], x.db[1]'],
      ['error', 'Secrets rotate at least every 90 days: x.db[2]'],
    ]);
    expect(results[0]?.properties['instances']).toEqual([
      { id: findings[0]?.id, status: 'unknown', address: 'x.db[0]' },
      { id: findings[1]?.id, status: 'fail', address: 'x.db[1]' },
    ]);
    // The worst stands for all of them; the identity is that of the first, whatever its status.
    expect(results[0]).toMatchObject({
      partialFingerprints: { 'sealcheck/v1': findings[0]?.id },
      properties: { status: 'fail', resource: { address: 'x.db[1]' } },
    });
    expect(results[0]?.properties).not.toHaveProperty('unknown');
  });

  it('points at the block with the hash that GitHub would compute', () => {
    const finding = codeFinding(interval, 'x.db', 'infra/my secrets.tf', 5, failing);
    expect(resultsOfCode([finding])[0]).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'infra/my%20secrets.tf' },
            region: { startLine: 5, startColumn: 1, endLine: 7, endColumn: 2 },
          },
        },
      ],
      partialFingerprints: { primaryLocationLineHash: finding.location?.lineHash, 'sealcheck/v1': finding.id },
    });
  });

  it('keeps two blocks apart that got the same hash', () => {
    const findings = [5, 50].map((line): Finding => {
      const finding = codeFinding(interval, `x.at${line}`, 'infra/a.tf', line, failing);
      return finding.location ? { ...finding, location: { ...finding.location, lineHash: 'aa:1' } } : finding;
    });
    const { log } = toSarif(resultOf(findings, { scopes }), usual);
    expect(log.runs[0]?.results).toHaveLength(2);
    expect(checkGithubProfile(log)).toEqual([]);
  });

  it('gets a path of its own where the source files are not at hand', () => {
    expect(
      resultsOfCode([codeFinding(interval, 'module.a.x.db["b/c"]', undefined, 0, failing)])[0]?.locations[0].physicalLocation
        .artifactLocation.uri,
    ).toBe('terraform/infra/module.a.x.db%5B%22b%2Fc%22%5D');
  });

  it('goes to the run of its scope, wherever its file is', () => {
    const roots = [codeScope('infra'), codeScope('infra/prod')];
    const findings = [
      { ...codeFinding(interval, 'x.a', 'infra/shared/a.tf', 1, failing), scope: 'terraform/infra/prod' },
      codeFinding(interval, 'x.a', 'infra/prod/a.tf', 1, failing),
      { ...codeFinding(interval, 'x.b', undefined, 0, failing), scope: 'terraform/infra/prod' },
    ];
    const { log, warnings } = toSarif(resultOf(findings, { scopes: roots }), usual);
    expect(warnings).toEqual([]);
    expect(log.runs.map(({ automationDetails, results }) => [automationDetails.id, results.map(uriOf)])).toEqual([
      ['sealcheck/terraform/infra/', ['infra/prod/a.tf']],
      ['sealcheck/terraform/infra/prod/', ['infra/shared/a.tf', 'terraform/infra/prod/x.b']],
    ]);
    checkSarif(log);
  });

  it('refuses a finding of a scope that the result does not have', () => {
    expect(() => resultsOfCode([{ ...codeFinding(interval, 'x.a', undefined, 0, failing), scope: 'terraform/other' }])).toThrow(
      /terraform\/other/,
    );
  });

  it('shows the lines around, and names the resource and the block that set the value', () => {
    const found = inBlock(codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing), 'x_rotation.db');
    const { log } = toSarif(resultOf([found], { scopes }), usual);
    expect(log.runs[0]?.results[0]).toMatchObject({
      locations: [
        {
          physicalLocation: { region: { startLine: 5 }, contextRegion: { startLine: 4, endLine: 7, snippet: { text: frame.text } } },
          logicalLocations: ['x.db', 'x_rotation.db'].map((fullyQualifiedName) => ({ fullyQualifiedName, kind: 'resource' })),
        },
      ],
      properties: { block: 'x_rotation.db' },
    });
    checkSarif(log);
  });

  it('does not name the block that the resource is itself', () => {
    expect(resultsOfCode([inBlock(codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing), 'x.db')])[0]?.properties).not.toHaveProperty(
      'block',
    );
  });
});

describe('a live account with its code', () => {
  const scopes = [liveScope('123456789012', 'us-east-1'), codeScope('infra')];
  const live = liveFinding(interval, { name: 'prod/db' }, failing);
  const code = codeFinding(interval, 'x.db', 'infra/a.tf', 5, failing);
  const joined: Finding = { ...inBlock(live, 'x_rotation.db', code.location), plan: 'left' };

  it('keeps the live finding where it is without code, and says where that declares it', () => {
    const { log } = toSarif(resultOf([joined, code], { scopes }), usual);
    const [alone] = resultsOf([live]);
    const [inAccount, inCode] = log.runs.map(({ results }) => results);
    expect(inAccount).toHaveLength(1);
    expect(inAccount?.[0]).toMatchObject({
      locations: alone?.locations,
      partialFingerprints: alone?.partialFingerprints,
      message: alone?.message,
      relatedLocations: [
        {
          id: 1,
          physicalLocation: {
            artifactLocation: { uri: 'infra/a.tf' },
            region: { startLine: 5 },
            contextRegion: { snippet: { text: frame.text } },
          },
          message: { text: 'declared here' },
        },
      ],
      properties: { block: 'x_rotation.db' },
    });
    expect(alone?.locations[0].logicalLocations).toEqual([{ fullyQualifiedName: live.resource.address, kind: 'resource' }]);
    expect(inCode).toHaveLength(1);
    expect(inCode?.[0]).not.toHaveProperty('relatedLocations');
    checkSarif(log);
  });

  it('keeps two live findings apart that one block declares', () => {
    const other = { ...joined, ...liveFinding(interval, { name: 'prod/db-2' }, failing) };
    expect(toSarif(resultOf([joined, other], { scopes }), usual).log.runs.map(({ results }) => results.length)).toEqual([2, 0]);
  });
});

const frame = { startLine: 4, text: 'resource "x" "db" {\n  days = 180\n}\n' };

function inBlock(finding: Finding, address: string, location = finding.location): Finding {
  return location === undefined ? finding : { ...finding, location: { ...location, address, frame } };
}

function uriOf({ locations: [{ physicalLocation }] }: SarifResult): string {
  return physicalLocation.artifactLocation.uri;
}

function checkSarif(log: SarifLog): void {
  expect(validate(log)).toEqual([]);
  expect(checkGithubProfile(log)).toEqual([]);
}
