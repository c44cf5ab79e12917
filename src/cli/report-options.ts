import { Option, type Command } from 'commander';
import { reporters } from '../reporters/index.ts';
import type { ReportOptions } from '../reporters/reporter.ts';
import { collect } from './options.ts';
import { readHistory } from './read-history.ts';

/** Flags that say which reports are made and how, whether of a scan or of a saved result. */
export interface ReportFlags {
  readonly format: readonly string[];
  readonly sarifUnknown: 'all' | 'none';
  readonly sarifWaived: 'omit' | 'include';
  readonly history?: string;
}

/** What the flags say; color, width and links follow from where a report goes. */
export type ChosenOptions = Omit<ReportOptions, 'color' | 'columns' | 'links'>;

export function addReportOptions(command: Command): Command {
  const names = reporters.map(({ name }) => name).join(', ');
  return command
    .addOption(
      new Option('-f, --format <name[=path]>', `report to make, to standard output or a file; repeats: ${names}`)
        .argParser(collect)
        .default([], 'text'),
    )
    .addOption(new Option('--sarif-unknown <which>', 'unknowns in SARIF').choices(['all', 'none']).default('all'))
    .addOption(new Option('--sarif-waived <how>', 'waived findings in SARIF').choices(['omit', 'include']).default('omit'))
    .option('--history <file>', 'earlier runs to draw in HTML: NDJSON, one run a line');
}

/** What the flags say where none is given. */
export const defaults: ReportFlags = { format: [], sarifUnknown: 'all', sarifWaived: 'omit' };

/** Reads the history, if one is named: throws UserError where it is none. */
export function chosenOptions({ sarifUnknown, sarifWaived, history }: ReportFlags): ChosenOptions {
  return {
    sarif: { unknown: sarifUnknown, waived: sarifWaived },
    ...(history === undefined ? {} : { history: readHistory(history) }),
  };
}
