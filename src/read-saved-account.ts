import type { SelectedPolicy } from './model/policy.ts';
import { needsOf } from './scan.ts';
import { reportUncollected } from './sources/snapshot/report-uncollected.ts';
import { readSnapshot, type Snapshot } from './sources/snapshot/snapshot.ts';

/**
 * Reads an account that `sealcheck collect` or `writeSnapshot` saved, to judge it by these policies. Resource types that they judge and
 * that nobody looked for when it was saved are gaps. Throws UserError `input-invalid` with the path of what is wrong.
 *
 * @param file as people know it, for errors
 */
export function readSavedAccount(json: unknown, selected: readonly SelectedPolicy[], file: string): Snapshot {
  const { collection, collectedAt } = readSnapshot(json, file);
  return { collection: reportUncollected(collection, needsOf(selected)), collectedAt };
}
