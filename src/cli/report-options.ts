import { InvalidArgumentError, Option, type Command } from 'commander';
import { nearestName } from '../expressions/nearest-name.ts';
import { UserError } from '../model/errors.ts';
import { redactables, type Redactable } from '../model/scan-result.ts';
import { reporters } from '../reporters/index.ts';
import { textGroups, type ReportOptions, type TextGroup } from '../reporters/reporter.ts';
import { collect } from './options.ts';
import type { Io } from './io.ts';
import { readHistory } from './read-history.ts';
import { readHistoryRedaction, type RedactFlags } from './read-redaction.ts';

/** Flags that say which reports are made and how, whether of a scan or of a saved result. */
export interface ReportFlags extends RedactFlags {
  readonly format: readonly string[];
  readonly sarifUnknown: 'all' | 'none';
  readonly sarifWaived: 'omit' | 'include';
  readonly sarifProfile?: 'github' | 'gitlab';
  readonly sarifSplit?: 'account';
  readonly group?: TextGroup;
  readonly maxFindings?: number;
  readonly history?: string;
}

/** What the flags say; color, width and links follow from where a report goes. */
export type ChosenOptions = Omit<ReportOptions, 'color' | 'columns' | 'links'>;

export function addReportOptions(command: Command): Command {
  const names = reporters.map(({ name }) => name).join(', ');
  const reports = command
    .addOption(
      new Option('-f, --format <name[=path]>', `report to make, to standard output or a file; repeats: ${names}`)
        .argParser(collect)
        .default([], 'text'),
    )
    .addOption(new Option('--group <by>', 'how text brings findings together').choices([...textGroups]).default('resource'))
    .addOption(
      new Option('--max-findings <count>', 'most findings that text lists; 0 for the summary alone')
        .argParser(parseCount)
        .default(undefined, 'the worst 40 resources, 10 of each'),
    )
    .addOption(new Option('--sarif-unknown <which>', 'unknowns in SARIF').choices(['all', 'none']).default('all'))
    .addOption(new Option('--sarif-waived <how>', 'waived findings in SARIF').choices(['omit', 'include']).default('omit'))
    .option('--history <file>', 'earlier runs to draw in HTML: NDJSON, one run a line')
    .addOption(
      new Option('--sarif-profile <service>', 'whose limits and reading SARIF follows').choices(['github', 'gitlab']).default('github'),
    )
    .addOption(
      new Option(
        '--sarif-split <by>',
        'one SARIF file for each account or root of code; {account} in its name, else before its ending',
      ).choices(['account']),
    );
  return addRedactOptions(reports);
}

export function addRedactOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--redact <what>',
        `replace account ids, names or both by keyed pseudonyms, with commas between: ${redactables.join(',')}`,
      ).argParser(parseRedact),
    )
    .addOption(
      new Option('--redact-key-file <file>', 'secret key of the pseudonyms; the same key, the same pseudonyms').default(
        undefined,
        'SEALCHECK_REDACT_KEY',
      ),
    );
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('write a whole number, such as 20');
  return Number(value);
}

function parseRedact(value: string): readonly Redactable[] {
  const words = value.split(',').map((word) => word.trim());
  return words.map((word) => {
    const found = redactables.find((one) => one === word);
    if (found !== undefined) return found;
    const nearest = nearestName(word, redactables);
    throw new InvalidArgumentError(nearest === undefined ? `write ${redactables.join(',')} or one of them` : `did you mean ${nearest}?`);
  });
}

/** What the flags say where none is given. */
export const defaults: ReportFlags = { format: [], sarifUnknown: 'all', sarifWaived: 'omit' };

/** Refuses what could not be written once the work is done. Throws UserError. */
export function checkSplit(
  plans: readonly { readonly reporter: { readonly name: string }; readonly path?: string }[],
  { sarifSplit }: ReportFlags,
): void {
  const sarif = plans.find(({ reporter }) => reporter.name === 'sarif');
  if (sarifSplit === undefined) {
    if (sarif?.path?.includes('{account}') === true)
      throw new UserError('usage', '{account} in the name of a file goes with --sarif-split account');
    return;
  }
  if (sarif === undefined) throw new UserError('usage', '--sarif-split goes with -f sarif=FILE');
  if (sarif.path === undefined) throw new UserError('usage', '--sarif-split makes several files', { hint: 'write -f sarif=FILE' });
}

/** Reads the history, if one is named: throws UserError where it is none, or where it is to be redacted without a good key. */
export function chosenOptions(flags: ReportFlags, io: Pick<Io, 'env'>): ChosenOptions {
  const { sarifUnknown, sarifWaived, sarifProfile, sarifSplit, group, maxFindings, history } = flags;
  return {
    ...(group === undefined ? {} : { group }),
    ...(maxFindings === undefined ? {} : { maxFindings }),
    sarif: {
      unknown: sarifUnknown,
      waived: sarifWaived,
      ...(sarifProfile === undefined ? {} : { profile: sarifProfile }),
      ...(sarifSplit === undefined ? {} : { split: sarifSplit }),
    },
    ...(history === undefined ? {} : { history: readHistoryRedaction(flags, io)(readHistory(history)) }),
  };
}
