import type { RegionOptStatus } from '@aws-sdk/client-account';
import { UserError } from '../../model/errors.ts';
import { unreadRegionsNote } from '../../model/unread-regions.ts';
import { requireList, requireText } from './answer-fields.ts';
import type { Calls } from './calls.ts';
import type { Clients } from './clients.ts';
import { makeFailure, type Failure } from './failures.ts';
import { readPages } from './pages.ts';

export interface ListedRegion {
  readonly name: string;
  readonly enabled: boolean;
}

/** All regions of an account's partition, or why they are not known. */
export type RegionList = { readonly regions: readonly ListedRegion[] } | { readonly failure: Failure };

/** Which regions of an account are read. */
export interface RegionChoice {
  readonly regions: readonly string[];
  /** Enabled regions that are not read; undefined when that is not known. */
  readonly left?: readonly string[];
  /** Why the regions are not known; with `all` there are none to read then. */
  readonly failure?: Failure;
}

const enabledStates: ReadonlySet<string> = new Set<RegionOptStatus>(['ENABLED', 'ENABLED_BY_DEFAULT']);

export async function listRegions(clients: Clients, calls: Calls): Promise<RegionList> {
  const api = await clients.account();
  const { items, failure } = await readPages({ calls, onListing: () => undefined }, 'account:ListRegions', async (token, signal) => {
    const page = await api.listRegions(token, signal);
    const regions = requireList(page.Regions, 'Regions').map(({ RegionName, RegionOptStatus: state }) => ({
      name: requireText(RegionName, 'RegionName'),
      enabled: enabledStates.has(requireText(state, 'RegionOptStatus')),
    }));
    return { items: regions, next: page.NextToken };
  });
  if (failure !== undefined) return { failure };
  // Some regions are always enabled, so such a list would only make the others go unseen.
  if (items.some(({ enabled }) => enabled)) return { regions: items };
  return { failure: makeFailure('malformed', 'account:ListRegions', { missing: 'no enabled region' }) };
}

/** Refuses what cannot be the name of a region before anything is called. Throws UserError `region-unknown`. */
export function checkRegionNames(requested: readonly string[] | 'all' | undefined): void {
  if (requested === undefined || requested === 'all') return;
  for (const name of requested) {
    if (!/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/.test(name)) {
      throw new UserError('region-unknown', `"${name}" is not the name of an AWS region`, { hint: 'it looks like eu-west-1' });
    }
  }
}

/** Throws UserError `region-unknown` for a region that the account's partition does not have. */
export function chooseRegions(requested: readonly string[] | 'all' | undefined, home: string, list: RegionList): RegionChoice {
  const wanted = requested === undefined || requested.length === 0 ? [home] : requested;
  if ('failure' in list) return { regions: wanted === 'all' ? [] : unique(wanted), failure: list.failure };
  const enabled = list.regions.filter((region) => region.enabled).map(({ name }) => name);
  const regions = wanted === 'all' ? unique(enabled) : unique(wanted);
  const known = new Set(list.regions.map(({ name }) => name));
  for (const name of regions) {
    if (!known.has(name)) {
      throw new UserError('region-unknown', `there is no AWS region "${name}"`, { hint: `there are ${[...known].sort().join(', ')}` });
    }
  }
  return { regions, left: enabled.filter((name) => !regions.includes(name)).sort() };
}

/** What people should know about the regions that were not read. */
export function regionNote(account: string, choice: RegionChoice): string | undefined {
  const { regions: read } = choice;
  if (read.length === 0) return undefined;
  if (choice.left === undefined) {
    const why = choice.failure?.detail ?? 'not asked';
    return unreadRegionsNote(account, read, `how many other enabled regions were not looked at is unknown (${why})`);
  }
  if (choice.left.length === 0) return undefined;
  const others = choice.left.length === 1 ? '1 other enabled region was' : `${choice.left.length} other enabled regions were`;
  return unreadRegionsNote(account, read, `${others} not looked at (--region all takes them in)`);
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
