import type { Io } from '../io.ts';
import {
  addAwsOptions,
  addConfigOptions,
  addPrintConfigOption,
  type AwsFlags,
  type ConfigOptions,
  type PrintConfigOption,
} from '../options.ts';
import { toolVersion } from '../version.ts';
import { exitCode } from '../exit-code.ts';
import { nothingLive } from '../nothing-live.ts';
import type { Command } from './command.ts';

interface CollectFlags extends AwsFlags, ConfigOptions, PrintConfigOption {
  readonly output: string;
  readonly quiet?: boolean;
}

const examples = `
Examples:
  $ sealcheck collect --aws -o account.json && sealcheck scan account.json
  $ sealcheck collect -o account.json                    the accounts and regions of sealcheck.config.yaml
  $ sealcheck collect --aws --no-config --region all -o account.json`;

export const collectCommand: Command = {
  name: 'collect',
  register: (program, action) => {
    const command = program.command('collect').description('save what a live account says, without any secret value, to judge it later');
    addAwsOptions(command);
    addConfigOptions(command);
    addPrintConfigOption(command, 'read nothing')
      .requiredOption('-o, --output <path>', 'file to write')
      .option('-q, --quiet', 'no progress')
      .addHelpText('after', examples)
      .action(async (flags: CollectFlags) => {
        await action((io) => runCollect(flags, io));
      });
  },
};

async function runCollect(given: CollectFlags, io: Io): Promise<number> {
  const { configure, liveFlags } = await import('../config/configure.ts');
  const configured = await configure(given, io.env);
  const flags = liveFlags(given, configured.settings);
  if (flags.printConfig === true) {
    const { printConfig } = await import('../config/print-config.ts');
    io.stdout.write(printConfig(configured, { sources: 'live' }));
    return exitCode.compliant;
  }
  if (flags.aws !== true) throw nothingLive('collect', configured);
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
  const collection = await collectAws(awsOptions(flags, io.env), {
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
