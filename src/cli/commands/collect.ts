import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import { addAwsOptions, type AwsFlags } from '../options.ts';
import { toolVersion } from '../version.ts';
import { exitCode } from '../exit-code.ts';
import type { Command } from './command.ts';

interface CollectFlags extends AwsFlags {
  readonly output: string;
  readonly quiet?: boolean;
}

export const collectCommand: Command = {
  name: 'collect',
  register: (program, action) => {
    addAwsOptions(program.command('collect').description('save what a live account says, without any secret value, to judge it later'))
      .requiredOption('-o, --output <path>', 'file to write')
      .option('-q, --quiet', 'no progress')
      .addHelpText('after', '\nExample:\n  $ sealcheck collect --aws -o account.json && sealcheck scan account.json')
      .action(async (flags: CollectFlags) => {
        await action((io) => runCollect(flags, io));
      });
  },
};

async function runCollect(flags: CollectFlags, io: Io): Promise<number> {
  if (flags.aws !== true) throw new UserError('usage', 'nothing to collect', { hint: 'give --aws' });
  const [{ collectAws }, { allNeeds }, { awsOptions }, { createProgress }, { checkOutputPath, writeFiles }, { writeSnapshot }] =
    await Promise.all([
      import('../../sources/aws/index.ts'),
      import('../../scan.ts'),
      import('../aws-flags.ts'),
      import('../progress-line.ts'),
      import('../outputs.ts'),
      import('../../sources/snapshot/snapshot.ts'),
    ]);
  checkOutputPath(flags.output);
  const now = io.now();
  const progress = createProgress(io.stderr, flags.quiet === true);
  const collection = await collectAws(awsOptions(flags), {
    needs: allNeeds(),
    now,
    signal: io.signal,
    onProgress: progress.onProgress,
  }).finally(progress.end);
  writeFiles([{ path: flags.output, text: writeSnapshot(collection, now, toolVersion) }]);
  const { scopes } = collection;
  const gaps = scopes.reduce((sum, scope) => sum + scope.gaps.length, 0);
  const resources = scopes.reduce((sum, scope) => sum + scope.resources.length, 0);
  io.stderr.write(`saved ${resources} resources of ${scopes.length} scopes to ${flags.output}${gaps > 0 ? `; ${gaps} gaps` : ''}\n`);
  if (collection.interrupted) return exitCode.interrupted;
  if (scopes.length > 0 && scopes.every((scope) => scope.status === 'failed')) return exitCode.failed;
  return gaps > 0 ? exitCode.incomplete : exitCode.compliant;
}
