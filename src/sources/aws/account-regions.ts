import { createCalls } from './calls.ts';
import type { AwsOptions } from './options.ts';
import type { RunFacts } from './read-scope.ts';
import { chooseRegions, listRegions, type RegionChoice } from './regions.ts';
import type { AccountSession } from './session.ts';

/** The regions to read in an account, by its own list of regions. */
export async function regionsOf(
  session: AccountSession,
  options: AwsOptions,
  run: Pick<RunFacts, 'homeRegion' | 'tuning' | 'signal'>,
): Promise<RegionChoice> {
  const clients = await session.openClients(run.homeRegion);
  try {
    const list = await listRegions(clients, createCalls(run.tuning, run.signal));
    return chooseRegions(options.regions, run.homeRegion, list);
  } finally {
    clients.close();
  }
}
