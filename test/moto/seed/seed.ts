import type { AccountFixture, RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import { openMoto } from './moto-clients.ts';
import { seedIam } from './seed-iam.ts';
import { seedKeys } from './seed-keys.ts';
import { seedParameters } from './seed-parameters.ts';
import { seedFunctions, seedSecrets } from './seed-secrets.ts';

const uuid = /(mrk-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** What moto made of a description. */
export interface Seeded {
  /** The text with the ids that moto chose for KMS keys replaced by those of the description. */
  readonly asDescribed: (text: string) => string;
}

/**
 * Writes accounts to an empty moto through the SDK: what the embedded endpoint is given, as far as moto can hold it. Dates,
 * schedule expressions, last access and the like are lost.
 */
export async function seedMoto(url: string, accounts: readonly AccountFixture[]): Promise<Seeded> {
  const keyIds = new Map<string, string>();
  for (const account of accounts) {
    const clients = await openMoto(url, account.id, 'us-east-1');
    await seedIam(clients.iam, account.id, account.iam ?? {});
    clients.close();
    for (const [region, fixture] of Object.entries(account.regions)) {
      for (const [described, chosen] of await seedRegion(url, account, region, fixture)) keyIds.set(chosen, described);
    }
  }
  return { asDescribed: (text) => text.replace(uuid, (id) => keyIds.get(id) ?? id) };
}

/** Returns the ids of its keys, by those of the description. */
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
    await seedFunctions(clients.functions, secrets, `arn:aws:iam::${account.id}:role/lambda-exec`);
    await seedSecrets(clients.secrets, region, secrets);
    await seedParameters(clients.parameters, asMade(fixture.parameters ?? []));
    return keyIds;
  } finally {
    clients.close();
  }
}
