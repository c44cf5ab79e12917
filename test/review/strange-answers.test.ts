import { describe, expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Collection } from '../../src/model/resource.ts';
import { Unknown } from '../../src/model/unknown.ts';
import { readSnapshot, writeSnapshot } from '../../src/sources/snapshot/snapshot.ts';
import { pack, scanEndpoint, scanTime } from '../support/scan-endpoint.ts';
import { smallAccount } from '../support/small-account.ts';
import { collectSpoilt, setField, type Spoil } from './spoilt-answers.ts';

const sound = smallAccount(scanTime);
const region = sound.regions['us-east-1'] ?? {};
const account: AccountFixture = {
  ...sound,
  regions: {
    ...sound.regions,
    'us-east-1': { ...region, parameters: [...(region.parameters ?? []), { name: '/a/token', type: 'SecureString' }] },
  },
};

/** What is missing: operations of gaps, and attributes that are Unknown, with the reason. */
function missing(collection: Collection): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown, path: string): void => {
    if (value instanceof Unknown) {
      if (value.reason !== 'not-collected' && value.reason !== 'not-in-source') found.add(`${path} ${value.reason}`);
      return;
    }
    if (typeof value === 'object' && value !== null) {
      for (const [name, part] of Object.entries(value)) walk(part, Array.isArray(value) ? `${path}[]` : `${path}.${name}`);
    }
  };
  for (const scope of collection.scopes) {
    for (const { operation, reason } of scope.gaps) found.add(`${operation} ${reason}`);
    for (const { type, attributes } of scope.resources) walk(attributes, type.split('::').at(-1) ?? '');
  }
  return [...found].sort();
}

/** What it makes of the answers; a saved account of it must be readable. */
async function missingAfter(spoil: Spoil): Promise<readonly string[]> {
  const collection = await collectSpoilt(account, spoil);
  const { collection: read } = readSnapshot(JSON.parse(writeSnapshot(collection, scanTime, '0.0.0')), 'account.json');
  expect(missing(read)).toEqual(missing(collection));
  return missing(collection);
}

it('nothing is missing from good answers', async () => {
  expect(await missingAfter((body) => body)).toEqual([]);
});

describe('a list with nothing in place of an entry is a malformed answer', () => {
  it.each([
    ['ListSecrets', 'SecretList', 'secretsmanager:ListSecrets malformed-response'],
    ['DescribeParameters', 'Parameters', 'ssm:DescribeParameters malformed-response'],
    ['ListKeys', 'Keys', 'kms:ListKeys malformed-response'],
    ['ListAliases', 'Aliases', 'Key.aliases malformed-response'],
    ['GetParameters', 'Parameters', 'Parameter.value.looksSecret malformed-response'],
  ])('%s', async (operation, field, expected) => {
    expect(await missingAfter(setField(operation, field, [null]))).toContain(expected);
  });
});

describe('a field that AWS always sends is unknown, not absent', () => {
  const cases: readonly [string, string, unknown, string][] = [
    ['ListSecrets', 'SecretList[].SecretVersionsToStages', undefined, 'Secret.rotation.pendingVersion malformed-response'],
    ['ListSecrets', 'SecretList[].SecretVersionsToStages', {}, 'Secret.valueChangedAt malformed-response'],
    ['ListSecrets', 'SecretList[].SecretVersionsToStages', { a: null }, 'secretsmanager:ListSecrets malformed-response'],
    ['ListSecrets', 'SecretList[].RotationRules', { AutomaticallyAfterDays: 9e14 }, 'Secret.rotation.schedule malformed-response'],
    ['ListSecrets', 'SecretList[].RotationRules', { AutomaticallyAfterDays: 1.5 }, 'secretsmanager:ListSecrets malformed-response'],
    ['ListSecrets', 'SecretList[].LastChangedDate', 3e11, 'Secret.lastChangedAt malformed-response'],
    ['DescribeParameters', 'Parameters[].KeyId', undefined, 'Parameter.encryption malformed-response'],
    ['DescribeParameters', 'Parameters[].Type', 'Blob', 'Parameter.type malformed-response'],
    ['DescribeParameters', 'Parameters[].Version', 1.5, 'ssm:DescribeParameters malformed-response'],
    ['DescribeKey', 'KeyMetadata.KeyState', '', 'Key.state malformed-response'],
    ['DescribeKey', 'KeyMetadata.Origin', '', 'Key.origin malformed-response'],
    ['GetParameters', 'InvalidParameters', 3, 'Parameter.value.looksSecret malformed-response'],
  ];
  it.each(cases)('%s %s: %j', async (operation, path, value, expected) => {
    expect(await missingAfter(setField(operation, path, value))).toContain(expected);
  });
});

describe('what IAM leaves out is unknown, not empty', () => {
  const without =
    (pattern: RegExp, put = ''): Spoil =>
    (body, operation) =>
      operation === 'GetAccountAuthorizationDetails' ? body.replaceAll(pattern, put) : body;
  it.each([
    [
      'attached policies',
      without(/<AttachedManagedPolicies\/>|<AttachedManagedPolicies>.*?<\/AttachedManagedPolicies>/gs),
      'Role.statements[] malformed-response',
    ],
    ['inline policies of a role', without(/<RolePolicyList>.*?<\/RolePolicyList>/gs), 'Role.statements[] malformed-response'],
    [
      'a list of users',
      without(/<UserDetailList\/>|<UserDetailList>.*<\/UserDetailList>/gs),
      'iam:GetAccountAuthorizationDetails malformed-response',
    ],
  ])('%s', async (_name, spoil, expected) => {
    expect(await missingAfter(spoil)).toContain(expected);
  });

  it.each(['zz', '9999999999999999999'])('a count of %s', async (count) => {
    const policies = [{ name: 'own', versions: [{ Version: '2012-10-17', Statement: [] }] }];
    const spoil = without(/<(AttachmentCount|PermissionsBoundaryUsageCount)>\d+/g, `<$1>${count}`);
    const collection = await collectSpoilt({ ...account, iam: { ...account.iam, policies } }, spoil);
    expect(missing(collection)).toContain('ManagedPolicy.attachmentCount malformed-response');
    expect(missing(collection)).toContain('ManagedPolicy.boundaryOnly malformed-response');
  });
});

describe('pages', () => {
  it.each([['a token that is no text', { a: 1 }]])('%s ends the list, as malformed', async (_name, token) => {
    expect(await missingAfter(setField('ListSecrets', 'NextToken', token))).toContain('secretsmanager:ListSecrets malformed-response');
  });

  it('a null token is the end', async () => {
    expect(await missingAfter(setField('ListSecrets', 'NextToken', null))).toEqual([]);
  });

  it('a next page is asked for where the flag that announces it is left out', async () => {
    const spoil: Spoil = (body, operation) => {
      if (operation !== 'ListKeys') return body;
      const { Truncated: _flag, ...rest } = JSON.parse(body) as { readonly Truncated: boolean };
      return JSON.stringify({ ...rest, NextMarker: 'a marker that the endpoint does not know' });
    };
    expect(await missingAfter(spoil)).toEqual(['kms:ListKeys request-failed']);
  });
});

describe('regions', () => {
  it.each([
    ['none', 'Regions', []],
    ['none enabled', 'Regions[].RegionOptStatus', 'DISABLED'],
    ['without their state', 'Regions[].RegionOptStatus', undefined],
    ['null', 'Regions', [null]],
  ])('%s: the answer is not believed', async (_name, path, value) => {
    const { notes, scopes } = await collectSpoilt(account, setField('/listRegions', path, value));
    expect(scopes.map(({ scope }) => scope.region)).toContain('us-east-1');
    expect(notes.join()).toContain('how many other enabled regions were not looked at is unknown (the answer to account:ListRegions has');
  });
});

it('a key in a state in which AWS does not say whether it rotates is not one that cannot', async () => {
  const { result } = await scanEndpoint({
    accounts: [account],
    options: {},
    selected: pack('kms-key-rotates'),
    faults: [{ operation: 'kms:GetKeyRotationStatus', kind: 'error', status: 400, code: 'KMSInvalidStateException' }],
  });
  expect(result.findings.map(({ status }) => status)).toEqual(['unknown']);
});

it('two parameters whose names differ by the first slash are two', async () => {
  const spoil: Spoil = (body, operation) => {
    if (operation !== 'DescribeParameters') return body;
    const answer = JSON.parse(body) as { readonly Parameters: readonly { readonly Name: string }[] };
    const Parameters = answer.Parameters.flatMap((entry) => [entry, { ...entry, Name: entry.Name.slice(1) }]);
    return JSON.stringify({ ...answer, Parameters });
  };
  const collection = await collectSpoilt(account, spoil);
  const { collection: read } = readSnapshot(JSON.parse(writeSnapshot(collection, scanTime, '0.0.0')), 'account.json');
  const names = read.scopes.flatMap(({ resources }) => resources.map(({ name }) => name));
  expect(names.filter((name) => name.endsWith('token'))).toEqual(['/a/token', 'a/token']);
});
