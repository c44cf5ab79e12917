import type { Needs, Resource } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import type { Calls } from './calls.ts';
import type { Clients } from './clients.ts';
import type { Failure } from './failures.ts';
import { touches } from './needs.ts';
import type { Operation } from './operations.ts';
import type { Flag, Flags } from './options.ts';

/** Where resources of a type live: in a region, or in the account as a whole. */
export type Place = 'region' | 'account';

/** A list that must be read to know which resources there are. */
export interface Listing {
  readonly operation: Operation;
  readonly flag?: Flag;
}

/** A call for each resource (or for some), made only if a policy reads what it provides. */
export interface Detail {
  readonly operation: Operation;
  /** Attribute paths that the call answers. */
  readonly provides: readonly string[];
  readonly flag?: Flag;
}

/**
 * How resources of one type are read. The calls, the permissions, the provenance of attributes, the gaps and the
 * doctor's questions all follow from `base` and `details`.
 */
export interface Collector {
  readonly type: string;
  /** Read in every region, or once an account. */
  readonly place: Place;
  /** None for the account itself, which is there without asking. */
  readonly base: readonly Listing[];
  /** The listing that the attributes come from, where no detail provides them. */
  readonly source: Operation;
  readonly details: readonly Detail[];
  readonly collect: (scope: ScopeReader) => Promise<readonly Resource[]>;
}

/** The way to one region of an account. Each has calls of its own: trouble in one region says nothing of the others. */
export interface Region {
  readonly clients: Clients;
  readonly calls: Calls;
}

/** One account and region (`global` for IAM) while it is being read. */
export interface ScopeReader extends Region {
  readonly id: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly needs: Needs;
  readonly flags: Flags;
  /** The same account in another region; closed with the scope. */
  readonly elsewhere: (region: string) => Promise<Region>;
  /** Items of a per-item call that are in work at once. */
  readonly concurrency: number;
  readonly report: ListingReport;
  /** Facts that people should know, for the notes of the run. */
  readonly note: (text: string) => void;
  readonly onListing: (operation: Operation, done: number) => void;
  readonly onReading: (operation: Operation, done: number, total: number) => void;
}

/** Collects what became of the listings: gaps and the status of the scope follow from it. */
export interface ListingReport {
  readonly page: (operation: Operation) => void;
  readonly failed: (failure: Failure) => void;
}

/** The details that this run needs of a type. */
export function wantedDetails(collector: Pick<Collector, 'type' | 'details'>, needs: Needs, flags: Flags): readonly Detail[] {
  const needed = needs.get(collector.type);
  return collector.details.filter(
    (detail) => (detail.flag === undefined || flags[detail.flag]) && detail.provides.some((path) => touches(needed, path)),
  );
}

export function wantsDetail(collector: Pick<Collector, 'type' | 'details'>, scope: ScopeReader, operation: Operation): boolean {
  return wantedDetails(collector, scope.needs, scope.flags).some((detail) => detail.operation === operation);
}

/** The Unknown of an attribute that no selected policy reads. */
export function notCollected(operation: Operation, why = 'no selected policy reads it'): Unknown {
  return new Unknown('not-collected', why, operation);
}

/** Makes what is read once a scope and used by several collectors. */
export function oncePerScope<T>(read: (scope: ScopeReader) => Promise<T>): (scope: ScopeReader) => Promise<T> {
  const known = new WeakMap<ScopeReader, Promise<T>>();
  return (scope) => {
    const before = known.get(scope);
    if (before !== undefined) return before;
    const reading = read(scope);
    known.set(scope, reading);
    return reading;
  };
}
