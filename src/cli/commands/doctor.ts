import { safeText } from '../../reporters/safe-text.ts';
import type { AccountDiagnosis, Diagnosis } from '../../sources/aws/diagnose.ts';
import {
  addAwsOptions,
  addConfigOptions,
  addPolicyOptions,
  addPrintConfigOption,
  type AwsFlags,
  type ConfigOptions,
  type PolicyOptions,
  type PrintConfigOption,
} from '../options.ts';
import { exitCode } from '../exit-code.ts';
import { nothingLive } from '../nothing-live.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

type DoctorFlags = AwsFlags & PolicyOptions & ConfigOptions & PrintConfigOption;

const examples = `
Examples:
  $ sealcheck doctor --aws --region us-east-1,eu-west-1
  $ sealcheck doctor                                     the accounts and policies of sealcheck.config.yaml
  $ sealcheck doctor --aws --no-config --role-arn arn:aws:iam::123456789012:role/audit --tag rotation`;

export const doctorCommand: Command = {
  name: 'doctor',
  register: (program, action) => {
    const command = program.command('doctor').description('try what a scan would need: caller, regions, and each IAM action');
    addAwsOptions(command);
    addPolicyOptions(command);
    addConfigOptions(command);
    addPrintConfigOption(command, 'try nothing')
      .addHelpText('after', examples)
      .action(async (flags: DoctorFlags) => {
        await action((io) => runDoctor(flags, io));
      });
  },
};

async function runDoctor(given: DoctorFlags, io: Io): Promise<number> {
  const [{ chooseConfigured }, { configure, liveFlags, policyFlags }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../config/configure.ts'),
  ]);
  const configured = await configure(given, io.env);
  const flags = policyFlags(liveFlags(given, configured.settings), configured.settings);
  if (flags.aws !== true && flags.printConfig !== true) throw nothingLive('examine', configured);
  const chosen = await chooseConfigured(flags, configured.config, io.stderr);
  if (flags.printConfig === true) {
    const { printConfig } = await import('../config/print-config.ts');
    io.stdout.write(printConfig(configured, { sources: 'live', policies: { chosen, flags } }));
    return exitCode.compliant;
  }
  const [{ needsOf }, { diagnoseAws, leastPrivilegePolicy, requiredActions }, { awsOptions }] = await Promise.all([
    import('../../scan.ts'),
    import('../../sources/aws/index.ts'),
    import('../aws-flags.ts'),
  ]);
  const needs = needsOf(chosen.selected);
  const options = awsOptions(flags, io.env);
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
