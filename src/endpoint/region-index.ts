import { partitionOf, type AccountFixture } from './account-fixture.ts';
import { implicitKeys, keyEntry, type KeyEntry } from './key-entry.ts';
import { parameterEntry, type ParameterEntry } from './parameter-entry.ts';
import { secretEntry, type SecretEntry } from './secret-entry.ts';

export interface AliasEntry {
  /** With `alias/`. */
  readonly name: string;
  readonly arn: string;
  readonly key: KeyEntry;
}

/** What one region of one account holds, findable by every identifier that AWS accepts. */
export interface RegionIndex {
  readonly name: string;
  readonly secrets: readonly SecretEntry[];
  readonly secretsNotDeleted: readonly SecretEntry[];
  /** By name, ARN, and ARN without the six characters. */
  readonly secretById: ReadonlyMap<string, SecretEntry>;
  readonly parameters: readonly ParameterEntry[];
  /** By name and ARN. */
  readonly parameterById: ReadonlyMap<string, ParameterEntry>;
  readonly keys: readonly KeyEntry[];
  /** By id and ARN. */
  readonly keyById: ReadonlyMap<string, KeyEntry>;
  readonly aliases: readonly AliasEntry[];
  /** By name and ARN. */
  readonly aliasById: ReadonlyMap<string, AliasEntry>;
}

/** Throws Error when two things of a kind have the same identifier. */
export function indexRegion(account: AccountFixture, name: string): RegionIndex {
  const region = account.regions[name] ?? {};
  const arnOf = (service: string, resource: string): string => `arn:${partitionOf(account)}:${service}:${name}:${account.id}:${resource}`;
  const secrets = (region.secrets ?? []).map((fixture) => secretEntry(fixture, account.id, arnOf));
  const parameters = (region.parameters ?? []).map((fixture) => parameterEntry(fixture, arnOf));
  const fixtures = region.keys ?? [];
  const keys = [...fixtures, ...implicitKeys(account.id, name, fixtures)].map((fixture) => keyEntry(fixture, account, arnOf));
  const aliases = keys.flatMap((key) =>
    (key.fixture.aliases ?? []).map((alias) => ({ name: `alias/${alias}`, arn: arnOf('kms', `alias/${alias}`), key })),
  );
  return {
    name,
    secrets,
    secretsNotDeleted: secrets.filter((secret) => secret.fixture.deletedAt === undefined),
    secretById: byIdentifiers(secrets, (secret) => [secret.fixture.name, secret.arn, secret.arn.slice(0, -7)]),
    parameters,
    parameterById: byIdentifiers(parameters, (parameter) => [parameter.fixture.name, parameter.arn]),
    keys,
    keyById: byIdentifiers(keys, (key) => [key.fixture.id, key.arn]),
    aliases,
    aliasById: byIdentifiers(aliases, (alias) => [alias.name, alias.arn]),
  };
}

function byIdentifiers<T>(entries: readonly T[], identifiersOf: (entry: T) => readonly string[]): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const entry of entries) {
    for (const identifier of identifiersOf(entry)) {
      if (map.has(identifier)) throw new Error(`two resources are called ${identifier}`);
      map.set(identifier, entry);
    }
  }
  return map;
}
