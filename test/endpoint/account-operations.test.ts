import { ListRegionsCommand, paginateListRegions } from '@aws-sdk/client-account';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListSecretsCommand } from '@aws-sdk/client-secrets-manager';
import { DescribeParametersCommand } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, it } from 'vitest';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import { clientsFor, collect, endpointFor, errorOf } from './clients.ts';

const account: AccountFixture = {
  id: '123456789012',
  regions: { 'us-east-1': {} },
  enabledRegions: ['us-east-1', 'eu-west-1', 'af-south-1'],
};

it('ListRegions gives the enabled regions', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const { Regions } = await clientsFor(url).account.send(
    new ListRegionsCommand({ RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] }),
  );
  expect(Regions).toEqual([
    { RegionName: 'af-south-1', RegionOptStatus: 'ENABLED' },
    { RegionName: 'eu-west-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
    { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
  ]);
});

it('ListRegions walks all regions in pages, each once', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  const pages = await collect(paginateListRegions({ client: clientsFor(url).account, pageSize: 10 }, {}));
  const names = pages.flatMap((page) => page.Regions ?? []).map((region) => region.RegionName);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('me-south-1');
  expect(pages.length).toBe(Math.ceil(names.length / 10));
  expect(await errorOf(clientsFor(url).account.send(new ListRegionsCommand({ MaxResults: 51 })))).toMatchObject({
    name: 'ValidationException',
    status: 400,
  });
});

it('an enabled region without resources is empty, one that is not enabled refuses the credentials', async () => {
  const { url } = await endpointFor({ accounts: [account] });
  expect((await clientsFor(url, 'eu-west-1').secrets.send(new ListSecretsCommand({}))).SecretList).toEqual([]);
  const closed = clientsFor(url, 'ap-east-1');
  expect(await errorOf(closed.secrets.send(new ListSecretsCommand({})))).toMatchObject({
    name: 'UnrecognizedClientException',
    status: 400,
  });
  expect(await errorOf(closed.ssm.send(new DescribeParametersCommand({})))).toMatchObject({ name: 'UnrecognizedClientException' });
  expect(await errorOf(closed.kms.send(new ListKeysCommand({})))).toMatchObject({ name: 'UnrecognizedClientException' });
  expect(await errorOf(closed.sts.send(new GetCallerIdentityCommand({})))).toMatchObject({ name: 'InvalidClientTokenId', status: 403 });
  expect((await closed.account.send(new ListRegionsCommand({}))).Regions?.length).toBeGreaterThan(20);
});
