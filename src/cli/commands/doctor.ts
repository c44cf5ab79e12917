import { UserError } from '../../model/errors.ts';
import { safeText } from '../../reporters/safe-text.ts';
import type { AccountDiagnosis, Diagnosis } from '../../sources/aws/diagnose.ts';
import { addAwsOptions, addPolicyOptions, type AwsFlags, type PolicyOptions } from '../options.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

type DoctorFlags = AwsFlags & PolicyOptions;

export const doctorCommand: Command = {
  name: 'doctor',
  register: (program, action) => {
    const command = program.command('doctor').description('try what a scan would need: caller, regions, and each IAM action');
    addAwsOptions(command);
    addPolicyOptions(command).action(async (flags: DoctorFlags) => {
      await action((io) => runDoctor(flags, io));
    });
  },
};

async function runDoctor(flags: DoctorFlags, io: Io): Promise<number> {
  if (flags.aws !== true) throw new UserError('usage', 'nothing to examine', { hint: 'give --aws' });
  const [{ choosePolicies }, { needsOf }, { diagnoseAws, leastPrivilegePolicy, requiredActions }, { awsOptions }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../../scan.ts'),
    import('../../sources/aws/index.ts'),
    import('../aws-flags.ts'),
  ]);
  const needs = needsOf(await choosePolicies(flags, io.stderr));
  const options = awsOptions(flags);
  const diagnosis = await diagnoseAws(options, { needs, now: io.now(), signal: io.signal, onProgress: () => undefined });
  io.stdout.write(printDiagnosis(diagnosis));
  io.stdout.write(
    `\nThe least IAM policy for these policies:\n${JSON.stringify(leastPrivilegePolicy(requiredActions(needs, options)), null, 2)}\n`,
  );
  if (diagnosis.interrupted) return exitCode.interrupted;
  const sound = diagnosis.accounts.every(
    ({ failure, actions }) => !failure && actions.every(({ state }) => state === 'works' || state === 'untested'),
  );
  return sound ? exitCode.compliant : exitCode.incomplete;
}

function printDiagnosis({ accounts, defaultRegion }: Diagnosis): string {
  return `${[`default region  ${safeText(defaultRegion)}`, ...accounts.flatMap(printAccount)].join('\n')}\n`;
}

function printAccount({ account, caller, failure, regions, actions }: AccountDiagnosis): readonly string[] {
  const others = regions.enabled?.filter((region) => !regions.lookedAt.includes(region));
  const width = Math.max(0, ...actions.map(({ action }) => action.length));
  const unseen = others
    ? others.length === 0
      ? 'none'
      : `${others.length}: ${others.join(', ')}`
    : `unknown: ${regions.detail ?? 'not listed'}`;
  return [
    '',
    `account         ${safeText(account ?? 'unknown')}`,
    `caller          ${safeText(caller ?? 'unknown')}`,
    ...(failure ? [`  ✖ ${safeText(failure.operation)}: ${safeText(failure.detail)}`, `    ${safeText(failure.hint)}`] : []),
    `regions read    ${regions.lookedAt.map(safeText).join(', ') || 'none'}`,
    `not looked at   ${safeText(unseen)}`,
    ...actions.flatMap(({ action, state, detail, hint }) => [
      `  ${marks[state]} ${action.padEnd(width)}  ${state}${state === 'works' ? '' : `: ${safeText(detail)}`}`,
      ...(hint === undefined ? [] : [`    ${safeText(hint)}`]),
    ]),
  ];
}

const marks = { works: '✔', denied: '✖', failed: '✖', untested: '–' } as const;
