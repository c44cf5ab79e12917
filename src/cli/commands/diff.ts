import { InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../model/errors.ts';
import type { RunDelta } from '../../model/run-delta.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { collect } from '../options.ts';
import type { Command } from './command.ts';

interface DiffFlags {
  readonly stateDir?: string;
  readonly from?: number;
  readonly to?: number;
  readonly format: readonly string[];
  readonly profile?: string;
}

const examples = `
Examples:
  $ sealcheck diff monday.json friday.json
  $ sealcheck diff --state-dir s3://acme-audit/sealcheck            the last run and the one before
  $ sealcheck diff --state-dir state --from 12 --to 19 -f markdown=week.md

What the later run does not have is fixed only if it looked: what it could not read, or was not asked to, is not.
It exits 0 whatever the difference is: gate --fail-on-new judges.`;

export const diffCommand: Command = {
  name: 'diff',
  register: (program, action) => {
    program
      .command('diff')
      .description('what is new, fixed, back again or could not be verified between two results')
      .argument('[before]', 'findings.json of the earlier run')
      .argument('[after]', 'findings.json of the later run')
      .option('--state-dir <place>', 'compare two runs that are kept there, in place of two files')
      .addOption(new Option('--from <number>', 'the earlier of the kept runs').argParser(parseNumber).default(undefined, 'the one before'))
      .addOption(new Option('--to <number>', 'the later of the kept runs').argParser(parseNumber).default(undefined, 'the last'))
      .option('--profile <name>', 'profile of the shared AWS configuration, for a state in S3')
      .addOption(
        new Option('-f, --format <name[=path]>', 'text, markdown or json, to standard output or a file; repeats')
          .argParser(collect)
          .default([], 'text'),
      )
      .addHelpText('after', examples)
      .action(async (before: string | undefined, after: string | undefined, flags: DiffFlags) => {
        await action((io) => diff(before, after, flags, io));
      });
  },
};

function parseNumber(value: string): number {
  if (!/^[1-9]\d{0,7}$/.test(value)) throw new InvalidArgumentError('write the number of a run, such as 12');
  return Number(value);
}

async function diff(before: string | undefined, after: string | undefined, flags: DiffFlags, io: Io): Promise<number> {
  const [{ planDocuments, writeDocuments }, { deltaReporters }] = await Promise.all([
    import('../outputs.ts'),
    import('../../reporters/delta/index.ts'),
  ]);
  const plans = planDocuments(flags.format, deltaReporters);
  const delta = await compareBoth(before, after, flags, io);
  writeDocuments(plans, ({ render }, options) => ({ text: render(delta, options), warnings: [] }), io);
  return exitCode.compliant;
}

async function compareBoth(
  before: string | undefined,
  after: string | undefined,
  { stateDir, from, to, profile }: DiffFlags,
  io: Io,
): Promise<RunDelta> {
  if (stateDir !== undefined) {
    if (before !== undefined) throw new UserError('usage', '--state-dir says what to compare: name no files beside it');
    if (from !== undefined && to !== undefined && from > to) {
      throw new UserError('usage', `--from ${from} is later than --to ${to}: what was new would look fixed`, {
        hint: 'give the earlier run to --from',
      });
    }
    const [{ readPair }, { compareKept }] = await Promise.all([import('../read-kept.ts'), import('../notify/state-runs.ts')]);
    return compareKept(...(await readPair(stateDir, from, to, profile, io))).delta;
  }
  if (from !== undefined || to !== undefined)
    throw new UserError('usage', '--from and --to are numbers of kept runs: they go with --state-dir');
  if (before === undefined || after === undefined) {
    throw new UserError('usage', 'two results are to be compared', {
      hint: 'name both: sealcheck diff before.json after.json; or --state-dir for runs that are kept',
    });
  }
  const [{ readResult }, { compareResults }] = await Promise.all([
    import('../read-result.ts'),
    import('../../engine/compare/compare-results.ts'),
  ]);
  const [earlier, later] = [await readResult(before, io), await readResult(after, io)];
  if ((earlier.run.redacted === undefined) !== (later.run.redacted === undefined)) {
    throw new UserError('input-invalid', 'one of the results is redacted and the other is not: nothing in them is called the same', {
      hint: 'compare the results without --redact, or both redacted by the same key',
    });
  }
  return compareResults(earlier, later);
}
