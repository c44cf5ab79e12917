import type { Gap, Needs, Resource, Scope, ScopeModel } from '../../model/resource.ts';
import { completeAttributes } from '../../resources/complete-attributes.ts';
import { findResourceType } from '../../resources/index.ts';
import { createCalls } from './calls.ts';
import type { ListingReport, Region, ScopeReader } from './collector.ts';
import type { Failure } from './failures.ts';
import { hintFor } from './hints.ts';
import { neededCollectors, typesListedBy } from './needed-collectors.ts';
import type { Operation } from './operations.ts';
import type { Flags } from './options.ts';
import type { Progress } from './progress.ts';
import type { AccountSession } from './session.ts';
import type { Tuning } from './tuning.ts';

/** What is the same for every scope of a run. */
export interface RunFacts {
  readonly needs: Needs;
  readonly flags: Flags;
  readonly tuning: Tuning;
  readonly signal: AbortSignal;
  readonly homeRegion: string;
  readonly onProgress: (event: Progress) => void;
  readonly note: (text: string) => void;
}

/** Reads one region of an account, or with `global` what belongs to the account as a whole. */
export async function readScope(session: AccountSession, region: string, run: RunFacts): Promise<ScopeModel> {
  const { partition, account, caller } = session;
  const id = `aws/${account}/${region}`;
  const scope: Scope = { id, source: 'aws', partition, account, region, caller };
  const place = region === 'global' ? 'account' : 'region';
  const wanted = neededCollectors(run.needs).filter((collector) => collector.place === place);
  const open = async (name: string): Promise<Region> => ({
    clients: await session.openClients(name),
    calls: createCalls(run.tuning, run.signal),
  });
  const { clients, calls } = await open(region === 'global' ? run.homeRegion : region);
  const others = new Map<string, Promise<Region>>();
  const listings = createListings();
  const reader: ScopeReader = {
    id,
    partition,
    account,
    region,
    needs: run.needs,
    flags: run.flags,
    calls,
    clients,
    elsewhere: (other) => {
      const opened = others.get(other) ?? open(other);
      others.set(other, opened);
      return opened;
    },
    concurrency: run.tuning.concurrency,
    report: listings.report,
    note: run.note,
    onListing: (operation, done) => {
      run.onProgress({ kind: 'listing', scope: id, operation, done });
    },
    onReading: (operation, done, total) => {
      run.onProgress({ kind: 'reading', scope: id, operation, done, total });
    },
  };
  try {
    const found = await Promise.all(wanted.map((collector) => collector.collect(reader)));
    const gaps = gapsOf(listings.failures(), scope, run.needs);
    const status = gaps.length === 0 ? 'complete' : listings.pages() === 0 ? 'failed' : 'partial';
    return { scope, status, resources: found.flat().map(complete).sort(byAddress), gaps };
  } finally {
    clients.close();
    // One that did not open has said so to whoever asked for it; thrown from here, that would hide what went wrong first.
    for (const other of await Promise.allSettled(others.values())) if (other.status === 'fulfilled') other.value.clients.close();
  }
}

/** Says of each attribute that only code can tell that it cannot be known here. */
function complete(resource: Resource): Resource {
  const declared = findResourceType(resource.type);
  if (declared === undefined) throw new Error(`no resource type ${resource.type}`);
  return { ...resource, attributes: completeAttributes(declared.shape, resource.attributes, 'aws') };
}

/** The gaps of a scope: failures of the same call for the same reason are one. */
export function gapsOf(
  failures: readonly Failure[],
  scope: Pick<Scope, 'account' | 'region' | 'caller'>,
  needs: Needs,
  types?: readonly string[],
): readonly Gap[] {
  const gaps = new Map<string, Gap>();
  for (const failure of failures) {
    const { operation, reason, detail } = failure;
    const key = `${operation} ${reason} ${detail}`;
    const { account, region, caller } = scope;
    const hint = hintFor(failure, { ...(account === undefined ? {} : { account }), ...(region === undefined ? {} : { region }), caller });
    const before = gaps.get(key);
    gaps.set(key, {
      operation,
      action: operation,
      types: types ?? typesListedBy(operation, needs),
      reason,
      count: (before?.count ?? 0) + 1,
      hint,
      detail,
    });
  }
  return [...gaps.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gap]) => gap);
}

function createListings(): { report: ListingReport; failures: () => readonly Failure[]; pages: () => number } {
  const failures: Failure[] = [];
  let pages = 0;
  return {
    report: {
      page: (_operation: Operation) => {
        pages += 1;
      },
      failed: (failure) => {
        failures.push(failure);
      },
    },
    failures: () => failures,
    pages: () => pages,
  };
}

function byAddress(a: Resource, b: Resource): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : a.type < b.type ? -1 : a.type > b.type ? 1 : 0;
}
