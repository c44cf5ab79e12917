import type { AccountFixture, RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import { openMoto } from './moto-clients.ts';
import { seedAudit } from './seed-audit.ts';
import { seedBuildProjects } from './seed-build-projects.ts';
import { seedDatabases, seedWarehouses } from './seed-databases.ts';
import { seedFunctions } from './seed-functions.ts';
import { seedIam } from './seed-iam.ts';
import { seedInstances } from './seed-instances.ts';
import { seedKeys } from './seed-keys.ts';
import { seedParameters } from './seed-parameters.ts';
import { seedSecrets } from './seed-secrets.ts';
import { seedTaskDefinitions } from './seed-task-definitions.ts';

const uuid = /(mrk-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const chosen = /(mrk-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(i|lt)-[0-9a-f]{17}\b/g;

/** What moto made of a description. */
export interface Seeded {
  /** The text with the ids that moto chose for KMS keys, instances and launch templates replaced by those of the description. */
  readonly asDescribed: (text: string) => string;
}

/**
 * Writes accounts to an empty moto through the SDK: what the embedded endpoint is given, as far as moto can hold it. Dates,
 * schedule expressions, last access and the like are lost.
 */
export async function seedMoto(url: string, accounts: readonly AccountFixture[]): Promise<Seeded> {
  const ids = new Map<string, string>();
  for (const account of accounts) {
    const clients = await openMoto(url, account.id, 'us-east-1');
    await seedIam(clients.iam, account.id, account.iam ?? {});
    clients.close();
    for (const [region, fixture] of Object.entries(account.regions)) {
      for (const [described, made] of await seedRegion(url, account, region, fixture)) ids.set(made, described);
    }
  }
  return { asDescribed: (text) => text.replace(chosen, (id) => ids.get(id) ?? id) };
}

/** Returns the ids that moto chose, by those of the description. */
async function seedRegion(
  url: string,
  account: AccountFixture,
  region: string,
  fixture: RegionFixture,
): Promise<ReadonlyMap<string, string>> {
  const clients = await openMoto(url, account.id, region);
  try {
    const keyIds = await seedKeys(clients.keys, fixture.keys ?? []);
    const asMade = <T>(described: T): T => JSON.parse(JSON.stringify(described).replace(uuid, (id) => keyIds.get(id) ?? id)) as T;
    const secrets = asMade(fixture.secrets ?? []);
    const role = `arn:aws:iam::${account.id}:role/lambda-exec`;
    await seedFunctions(clients.functions, fixture.functions ?? [], secrets, role);
    await seedTaskDefinitions(clients.tasks, fixture.taskDefinitions ?? []);
    await seedBuildProjects(clients.builds, fixture.buildProjects ?? [], role);
    await seedSecrets(clients.secrets, region, secrets);
    await seedParameters(clients.parameters, asMade(fixture.parameters ?? []));
    await seedAudit(clients.settings, fixture);
    await seedDatabases(clients.databases, fixture);
    await seedWarehouses(clients.warehouses, fixture);
    return new Map([...keyIds, ...(await seedInstances(clients.instances, fixture))]);
  } finally {
    clients.close();
  }
}
