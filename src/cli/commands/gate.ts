import { Option } from 'commander';
import type { Thresholds } from '../../engine/outcome.ts';
import { UserError } from '../../model/errors.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { severities, type Severity } from '../../model/severity.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

interface Flags {
  readonly failOn?: Severity | 'none';
  readonly failOnUnknown?: Severity | 'never';
  readonly failOnNew?: boolean;
}

const examples = `
Examples:
  $ sealcheck scan --aws --exit-zero -f json=findings.json && sealcheck gate findings.json
  $ sealcheck gate findings.json --fail-on high
  $ sealcheck gate findings.json --fail-on-new                 of a scan with --baseline or --state-dir
  $ sealcheck gate - < findings.json

It judges by what the result holds alone: verdicts, severities and waivers are those of the scan, and no configuration and no environment
is read. Thresholds that are not given are those that the scan had; --fail-on-new is never taken from it.`;

export const gateCommand: Command = {
  name: 'gate',
  register: (program, action) => {
    program
      .command('gate')
      .description('decide again from a saved result, with the exit codes of a scan')
      .argument('<findings>', 'findings.json of a scan; - for standard input')
      .addOption(
        new Option('--fail-on <severity>', 'exit 1 for failures of this severity or worse')
          .choices([...severities, 'none'])
          .default(undefined, 'as in the scan'),
      )
      .addOption(
        new Option('--fail-on-unknown <severity>', 'exit 3 for unknowns of this severity or worse')
          .choices([...severities, 'never'])
          .default(undefined, 'as --fail-on where that is given, else as in the scan'),
      )
      .option('--fail-on-new', 'exit 1 and 3 only for what is new or came back; the scan must have compared')
      .addHelpText('after', examples)
      .action(async (findings: string, flags: Flags) => {
        await action((io) => gate(findings, flags, io));
      });
  },
};

async function gate(findings: string, flags: Flags, io: Io): Promise<number> {
  const [{ readResult }, { decideOutcome }] = await Promise.all([import('../read-result.ts'), import('../../engine/outcome.ts')]);
  const result = await readResult(findings, io);
  checkWhole(result);
  const { baseline, state, outcome } = result.run;
  if (flags.failOnNew === true && baseline === undefined && state === undefined) {
    throw new UserError('usage', '--fail-on-new goes with the result of a scan that compared: this one does not say what is new', {
      hint: 'scan with --baseline FILE or --state-dir PLACE, and -f json=findings.json',
    });
  }
  const decision = decideOutcome(result.findings, result.scopes, outcome === 'interrupted', thresholds(result, flags));
  io.stdout.write(`exit ${decision.exitCode}: ${decision.exitReason}\n`);
  if (result.summary.resources === 0 && decision.exitCode === exitCode.compliant) {
    io.stderr.write('warning: there was no resource to judge\n');
  }
  return decision.exitCode;
}

/** A result from which findings were taken, by hand or by a filter, would pass: its own counts tell. Throws UserError. */
function checkWhole({ findings, summary }: ScanResult): void {
  for (const status of ['fail', 'unknown', 'waived'] as const) {
    const held = findings.filter((finding) => finding.status === status).length;
    const counted = summary.findings[status];
    if (held === counted) continue;
    throw new UserError('input-invalid', `the result was changed: it holds ${held} findings that are ${status}, and counts ${counted}`, {
      hint: 'give the gate findings.json as the scan wrote it',
    });
  }
}

/** A stricter or looser --fail-on is for unknowns too, as in a scan: an unknown must not pass because the scan did not count it. */
function thresholds({ run }: ScanResult, { failOn, failOnUnknown, failOnNew }: Flags): Thresholds {
  const asFailures = failOn === 'none' ? 'never' : failOn;
  return {
    failOn: failOn ?? run.failOn,
    failOnUnknown: failOnUnknown ?? asFailures ?? run.failOnUnknown,
    newOnly: failOnNew === true,
  };
}
