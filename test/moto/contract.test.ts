import { beforeAll, expect, it } from 'vitest';
import { startEndpoint } from '../../src/endpoint/index.ts';
import type { Collection } from '../../src/model/resource.ts';
import { allNeeds } from '../../src/scan.ts';
import { describeWithMoto } from '../support/moto.ts';
import { compareModels, type Difference } from './contract/compare-models.ts';
import { contractAccount } from './contract/contract-account.ts';
import { knownDifferences } from './contract/known-differences.ts';
import { collect, optionsFor } from './scan-account.ts';
import { seedMoto } from './seed/seed.ts';

/** One account in both: what the collectors read of everything must be the same, but for what moto gets wrong. */
await describeWithMoto('the embedded endpoint and moto', (moto) => {
  let ofMoto: Collection;
  let differences: readonly Difference[];

  beforeAll(async () => {
    const { asDescribed } = await seedMoto(moto.url, [contractAccount]);
    ofMoto = await collect(optionsFor(moto.url), allNeeds());
    const endpoint = await startEndpoint({ accounts: [contractAccount] });
    try {
      differences = compareModels(ofMoto, await collect(optionsFor(endpoint.url), allNeeds()), asDescribed);
    } finally {
      await endpoint.close();
    }
  }, 120_000);

  it('give the collectors the same model', () => {
    expect(differences.filter((difference) => !knownDifferences.some(({ covers }) => covers(difference)))).toEqual([]);
  });

  it.each(knownDifferences.map((known) => [known.reason, known] as const))('differ, since %s', (_reason, { covers }) => {
    expect(differences.some(covers)).toBe(true);
  });

  it('were asked for all there is', () => {
    const { regions, iam } = contractAccount;
    const read = (type: string) => ofMoto.scopes.flatMap(({ resources }) => resources.filter((resource) => resource.type === type)).length;
    const described = Object.values(regions);
    expect({
      secrets: read('AWS::SecretsManager::Secret'),
      parameters: read('AWS::SSM::Parameter'),
      keys: read('AWS::KMS::Key'),
      roles: read('AWS::IAM::Role'),
      policies: read('AWS::IAM::ManagedPolicy'),
      functions: read('AWS::Lambda::Function'),
      taskDefinitions: read('AWS::ECS::TaskDefinition'),
      buildProjects: read('AWS::CodeBuild::Project'),
    }).toEqual({
      secrets: described.flatMap(({ secrets = [] }) => secrets).length,
      parameters: described.flatMap(({ parameters = [] }) => parameters).length,
      keys: described.flatMap(({ keys = [] }) => keys).length,
      roles: iam?.roles?.length,
      policies: iam?.policies?.length,
      functions: described.flatMap(({ functions = [] }) => functions).length,
      taskDefinitions: described.flatMap(({ taskDefinitions = [] }) => taskDefinitions).length,
      buildProjects: described.flatMap(({ buildProjects = [] }) => buildProjects).length,
    });
  });
});
