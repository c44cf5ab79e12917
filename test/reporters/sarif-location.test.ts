import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SarifResult } from '../../src/reporters/sarif-log.ts';
import { toSarif } from '../../src/reporters/sarif.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf } from './sample-result.ts';
import { failing, interval, liveScope, resultsOf, usual } from './sarif-cases.ts';

describe('paths of live resources', () => {
  const cases: readonly (readonly [type: string, name: string, uri: string])[] = [
    ['AWS::SecretsManager::Secret', 'prod/db/password', 'aws/123456789012/us-east-1/secretsmanager/secret/prod/db/password'],
    ['AWS::SSM::Parameter', '/prod/db', 'aws/123456789012/us-east-1/ssm/parameter/%2Fprod/db'],
    ['AWS::SSM::Parameter', 'prod/db', 'aws/123456789012/us-east-1/ssm/parameter/prod/db'],
    ['AWS::SSM::Parameter', 'prod//db/', 'aws/123456789012/us-east-1/ssm/parameter/prod/%2Fdb%2F'],
    ['AWS::SSM::Parameter', '../../x', 'aws/123456789012/us-east-1/ssm/parameter/!../!../x'],
    ['AWS::IAM::ManagedPolicy', 'ops/Read', 'aws/123456789012/us-east-1/iam/managedpolicy/ops/Read'],
    ['AWS::::Account', '123456789012', 'aws/123456789012/us-east-1/account/account/123456789012'],
    ['AWS::SecretsManager::Secret', 'arn:x?y#z !', 'aws/123456789012/us-east-1/secretsmanager/secret/arn%3Ax%3Fy%23z%20%21'],
  ];
  it.each(cases)('%s %s', (type, name, uri) => {
    expect(resultsOf([liveFinding(interval, { type, name }, failing)])[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('/', '.', '!', '%', '2', 'F', 'a', ':', '\ud800', ' '), maxLength: 8 }),
  );
  const target = fc.record({
    account: fc.constantFrom('123456789012', '210987654321'),
    region: fc.constantFrom('us-east-1', 'eu-west-1', 'global'),
    type: fc.constantFrom('AWS::SecretsManager::Secret', 'AWS::SSM::Parameter', 'AWS::IAM::Role', 'AWS::::Account'),
    name: text,
  });
  const uriOf = (result: SarifResult): string => result.locations[0].physicalLocation.artifactLocation.uri;
  const scopes = ['123456789012', '210987654321'].flatMap((account) =>
    ['us-east-1', 'eu-west-1', 'global'].map((region) => liveScope(account, region)),
  );

  it('are always relative and normalised, and differ where the resources do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(target, { minLength: 1, maxLength: 20, selector: (each) => JSON.stringify(each) }), (targets) => {
        const findings = targets.map((each) => liveFinding(interval, each, failing));
        const { log } = toSarif(resultOf(findings, { scopes }), usual);
        expect(checkGithubProfile(log)).toEqual([]);
        const uris = log.runs.flatMap(({ results }) => results.map(uriOf));
        expect(uris.filter((uri) => !/^(?![a-z][a-z0-9+.-]*:)(?!\/)[^\s?#]+$/.test(uri))).toEqual([]);
        expect(new Set(uris).size).toBe(targets.length);
        for (const uri of uris) expect(new URL(uri, 'https://host.example/').pathname).toBe(`/${uri}`);
      }),
    );
  });

  it('and the fingerprint together differ where the items do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 2, maxLength: 10 }), target, (keys, each) => {
        const findings = keys.map((itemKey) => liveFinding(interval, each, { ...failing, itemKey }));
        const { log } = toSarif(resultOf(findings, { scopes }), usual);
        const identities = log.runs.flatMap(({ results }) =>
          results.map((result) => `${uriOf(result)} ${result.partialFingerprints.primaryLocationLineHash}`),
        );
        expect(new Set(identities).size).toBe(keys.length);
      }),
    );
  });
});
