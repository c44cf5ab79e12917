import { paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { paginateListSecrets } from '@aws-sdk/client-secrets-manager';
import { paginateDescribeParameters } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import type { AccountFixture, RegionFixture } from '../../src/endpoint/account-fixture.ts';
import { sampleAccounts, samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import { clientsFor, collect, day, endpointFor, now } from './clients.ts';

const accounts = sampleAccounts(now);
const shop = accounts[0] as AccountFixture;
const regions: readonly RegionFixture[] = Object.values(shop.regions);
const secrets = regions.flatMap((region) => region.secrets ?? []);
const parameters = regions.flatMap((region) => region.parameters ?? []);
const keys = regions.flatMap((region) => region.keys ?? []);

it('is of a realistic size', () => {
  expect(secrets.length).toBeGreaterThan(40);
  expect(parameters.length).toBeGreaterThan(38);
  expect(keys).toHaveLength(12);
  const { users = [], groups = [], roles = [] } = shop.iam ?? {};
  expect(users.length + groups.length + roles.length).toBeGreaterThan(17);
});

it('moves with the clock and is the same at the same time', () => {
  expect(sampleAccounts(now)).toEqual(accounts);
  expect(JSON.stringify(sampleAccounts(now + day))).not.toBe(JSON.stringify(accounts));
});

it('holds nothing that could be a real value', () => {
  const configuration = /^([\w,:-]{1,21}|https:\/\/[\w.]+\.example\.com|\w+@example\.com)$/;
  for (const { name, value } of parameters) {
    if (value !== undefined && !configuration.test(value)) expect(`${name}=${value}`).toMatch(/FAKE|EXAMPL/);
  }
});

it('answers every list, and every key that is named exists', async () => {
  const { url } = await endpointFor({ accounts });
  for (const region of Object.keys(shop.regions)) {
    const clients = clientsFor(url, region);
    const listed = (await collect(paginateListSecrets({ client: clients.secrets }, { IncludePlannedDeletion: true }))).flatMap(
      (page) => page.SecretList ?? [],
    );
    const described = (await collect(paginateDescribeParameters({ client: clients.ssm }, {}))).flatMap((page) => page.Parameters ?? []);
    expect(listed).toHaveLength(shop.regions[region]?.secrets?.length ?? -1);
    expect(described).toHaveLength(shop.regions[region]?.parameters?.length ?? -1);
    const named = new Set([...listed.map((secret) => secret.KmsKeyId), ...described.map((parameter) => parameter.KeyId)]);
    for (const KeyId of named) {
      if (KeyId !== undefined) expect(await clients.kms.send(new DescribeKeyCommand({ KeyId }))).toHaveProperty('KeyMetadata.KeyState');
    }
  }
  const details = await collect(paginateGetAccountAuthorizationDetails({ client: clientsFor(url).iam }, {}));
  expect(details.flatMap((page) => page.RoleDetailList ?? [])).toHaveLength(shop.iam?.roles?.length ?? -1);
});

it('lets the second account be reached', async () => {
  const { url } = await endpointFor({ accounts });
  const input = { RoleArn: samplePartnerRole.arn, RoleSessionName: 'seal', ExternalId: samplePartnerRole.externalId };
  const { Credentials } = await clientsFor(url).sts.send(new AssumeRoleCommand(input));
  const clients = clientsFor(url, 'us-east-1', {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
  const pages = await collect(paginateListSecrets({ client: clients.secrets }, {}));
  expect(pages.flatMap((page) => page.SecretList ?? []).map((secret) => secret.Name)).toContain('feed/prod/database');
});

/** Each has at least one resource on either side, as far as the fixture alone can tell. */
describe('has good and bad examples', () => {
  const isPublic = (policy: unknown): boolean => /"Effect":"Allow".*"Principal":("\*"|\{"AWS":"\*"\})/.test(JSON.stringify(policy) ?? '');
  const stages = (secret: (typeof secrets)[number]): string => JSON.stringify(secret.versions ?? {});
  const keyOf = (arn: string | undefined) => keys.find((key) => arn?.endsWith(`key/${key.id}`));
  const cases: Readonly<Record<string, readonly [number, number]>> = {
    'rotation enabled': split(secrets, (secret) => secret.rotation?.enabled ?? secret.rotation !== undefined),
    'rotation in time': split(
      secrets.filter((secret) => secret.rotation?.nextRotationAt !== undefined),
      (secret) => (secret.rotation?.nextRotationAt ?? 0) > now,
    ),
    'schedules by expression': split(secrets, (secret) => secret.rotation?.expression !== undefined),
    'a pending version': split(secrets, (secret) => stages(secret).includes('AWSPENDING')),
    'a customer managed key': split(secrets, (secret) => secret.kmsKey !== undefined && secret.kmsKey !== 'alias/aws/secretsmanager'),
    'a usable key of a secret': split(
      secrets.filter((secret) => keyOf(secret.kmsKey) !== undefined),
      (secret) => keyOf(secret.kmsKey)?.state === undefined,
    ),
    'a usable key of a parameter': split(
      parameters.filter((parameter) => keyOf(parameter.kmsKey) !== undefined),
      (parameter) => keyOf(parameter.kmsKey)?.state === undefined,
    ),
    'a public secret': split(secrets, (secret) => isPublic(secret.policy)),
    'a secret of a service': split(secrets, (secret) => secret.owningService !== undefined),
    'a replica': split(secrets, (secret) => secret.primaryRegion !== undefined && secret.replicas === undefined),
    'an unused secret': split(secrets, (secret) => secret.lastAccessedAt !== undefined && secret.lastAccessedAt > now - 90 * day),
    'a key that rotates': split(keys, (key) => key.rotation !== undefined),
    'a public key policy': split(keys, (key) => isPublic(key.policy)),
    'an old parameter': split(
      parameters.filter((parameter) => parameter.type === 'SecureString'),
      (parameter) => (parameter.lastModifiedAt ?? 0) > now - 365 * day,
    ),
  };
  it.each(Object.entries(cases))('%s', (_case, [on, off]) => {
    expect(on).toBeGreaterThan(0);
    expect(off).toBeGreaterThan(0);
  });
});

function split<T>(items: readonly T[], test: (item: T) => boolean): readonly [number, number] {
  const on = items.filter(test).length;
  return [on, items.length - on];
}
