import { UserError } from '../model/errors.ts';
import type { SelectedPolicy } from '../model/policy.ts';
import type { Collection } from '../model/resource.ts';
import type { Io } from './io.ts';

/** What a scan judges. */
export interface ScanInput {
  readonly collection: Collection;
  /** For a saved account: when it was read. */
  readonly collectedAt?: number;
}

/** Reads the saved accounts of the paths as one input. Throws UserError. */
export async function readSavedAccounts(
  paths: readonly string[],
  selected: readonly SelectedPolicy[],
  asOf: number | undefined,
  io: Io,
): Promise<ScanInput> {
  const [{ readInput }, { reportUncollected }, { needsOf }] = await Promise.all([
    import('./read-input.ts'),
    import('../sources/snapshot/report-uncollected.ts'),
    import('../scan.ts'),
  ]);
  const snapshots = [];
  for (const path of paths) {
    const { collection, collectedAt } = await readInput(path, io);
    snapshots.push({ collection: reportUncollected(collection, needsOf(selected)), collectedAt });
  }
  const scopes = snapshots.flatMap((snapshot) => snapshot.collection.scopes);
  const twice = scopes.find((scope, index) => scopes.findIndex((other) => other.scope.id === scope.scope.id) < index);
  if (twice) throw new UserError('input-invalid', `two of the files hold the scope ${twice.scope.id}`, { hint: 'judge them one by one' });
  return {
    collection: {
      scopes,
      provenance: Object.assign({}, ...snapshots.map((snapshot) => snapshot.collection.provenance)) as Collection['provenance'],
      notes: [...snapshots.flatMap((snapshot) => snapshot.collection.notes), ...timeNotes(snapshots, asOf)],
      ...(snapshots.some((snapshot) => snapshot.collection.interrupted) ? { interrupted: true as const } : {}),
    },
    collectedAt: Math.max(...snapshots.map((snapshot) => snapshot.collectedAt)),
  };
}

/** An account cannot be judged as it was before it was read: a change since then would pass for older than it is. */
function timeNotes(snapshots: readonly { readonly collectedAt: number }[], asOf: number | undefined): readonly string[] {
  const latest = Math.max(...snapshots.map(({ collectedAt }) => collectedAt));
  if (asOf === undefined || asOf >= latest) return [];
  return [`judged as of a time before the account was read (${new Date(latest).toISOString()}), so what changed in between is judged too`];
}
