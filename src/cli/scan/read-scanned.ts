import type { SelectedPolicy } from '../../model/policy.ts';
import type { ScanInput } from '../inputs/read-inputs.ts';
import type { Io } from '../io.ts';
import type { ScanFlags } from './scan-flags.ts';

/** The live account and the inputs of the paths, as one. */
export async function readScanned(
  paths: readonly string[],
  flags: ScanFlags,
  selected: readonly SelectedPolicy[],
  asOf: number | undefined,
  startedAt: number,
  io: Io,
): Promise<ScanInput> {
  if (paths.length === 0) return await readLive(flags, selected, asOf ?? startedAt, io);
  const { readInputs, mergeCollections } = await import('../inputs/read-inputs.ts');
  const input = await readInputs(paths, flags, selected, asOf, io);
  if (flags.aws !== true) return input;
  const live = await readLive(flags, selected, asOf ?? startedAt, io);
  return { ...input, collection: mergeCollections([live.collection, input.collection]) };
}

async function readLive(flags: ScanFlags, selected: readonly SelectedPolicy[], now: number, io: Io): Promise<ScanInput> {
  const [{ collectAws }, { needsOf }, { awsOptions }, { createProgress }] = await Promise.all([
    import('../../sources/aws/index.ts'),
    import('../../scan.ts'),
    import('../aws-flags.ts'),
    import('../progress-line.ts'),
  ]);
  const progress = createProgress(io.stderr, flags.quiet === true || flags.redact !== undefined);
  try {
    const collection = await collectAws(awsOptions(flags, io.env), {
      needs: needsOf(selected),
      now,
      signal: io.signal,
      onProgress: progress.onProgress,
    });
    return { collection };
  } finally {
    progress.end();
  }
}
