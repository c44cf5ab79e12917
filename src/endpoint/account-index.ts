import { partitionOf, type AccountFixture } from './account-fixture.ts';
import { renderIamEntities, type IamEntity } from './iam-entity.ts';
import { indexRegion, type RegionIndex } from './region-index.ts';

/** One account, made fast to ask. Regions and IAM are indexed when they are first asked for. */
export interface AccountIndex {
  readonly fixture: AccountFixture;
  readonly id: string;
  readonly partition: string;
  readonly isEnabled: (region: string) => boolean;
  readonly region: (name: string) => RegionIndex;
  readonly iam: () => readonly IamEntity[];
}

/** Throws Error when an account id is not twelve digits or comes twice. */
export function indexAccounts(fixtures: readonly AccountFixture[]): ReadonlyMap<string, AccountIndex> {
  const accounts = new Map<string, AccountIndex>();
  for (const fixture of fixtures) {
    if (!/^\d{12}$/.test(fixture.id)) throw new Error(`account id ${fixture.id} is not twelve digits`);
    if (accounts.has(fixture.id)) throw new Error(`account ${fixture.id} comes twice`);
    accounts.set(fixture.id, indexAccount(fixture));
  }
  return accounts;
}

function indexAccount(fixture: AccountFixture): AccountIndex {
  const enabled = new Set(fixture.enabledRegions ?? Object.keys(fixture.regions));
  const regions = new Map<string, RegionIndex>();
  let entities: readonly IamEntity[] | undefined;
  return {
    fixture,
    id: fixture.id,
    partition: partitionOf(fixture),
    isEnabled: (region) => enabled.has(region),
    region: (name) => {
      const known = regions.get(name);
      if (known !== undefined) return known;
      const index = indexRegion(fixture, name);
      regions.set(name, index);
      return index;
    },
    iam: () => (entities ??= renderIamEntities(fixture)),
  };
}
