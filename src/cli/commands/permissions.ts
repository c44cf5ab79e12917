import {
  addConfigOptions,
  addPolicyOptions,
  addPrintConfigOption,
  type ConfigOptions,
  type PolicyOptions,
  type PrintConfigOption,
} from '../options.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

interface PermissionsFlags extends PolicyOptions, ConfigOptions, PrintConfigOption {
  readonly inspectValues?: boolean;
  readonly allKeys?: boolean;
}

const examples = `
Examples:
  $ sealcheck permissions > sealcheck-policy.json        what a scan needs with sealcheck.config.yaml, if there is one
  $ sealcheck permissions --no-config --tag rotation     what the built-in policies on rotation need
  $ sealcheck permissions --config audit.yaml --inspect-values`;

export const permissionsCommand: Command = {
  name: 'permissions',
  register: (program, action) => {
    const command = program
      .command('permissions')
      .description('print the least IAM policy that a scan with the selected policies and the configuration needs');
    addPolicyOptions(command)
      .option('--inspect-values', 'as for scan: adds ssm:GetParameters')
      .option('--all-keys', 'as for scan: adds kms:ListKeys');
    addConfigOptions(command);
    addPrintConfigOption(command, 'print no IAM policy')
      .addHelpText('after', examples)
      .action(async (flags: PermissionsFlags) => {
        await action((io) => printPermissions(flags, io));
      });
  },
};

async function printPermissions(given: PermissionsFlags, io: Io): Promise<number> {
  const [{ chooseConfigured }, { configure, policyFlags }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../config/configure.ts'),
  ]);
  const configured = await configure(given, io.env);
  const flags = policyFlags(given, configured.settings);
  const chosen = await chooseConfigured(flags, configured.config, io.stderr);
  if (flags.printConfig === true) {
    const { printConfig } = await import('../config/print-config.ts');
    io.stdout.write(printConfig(configured, { policies: { chosen, flags } }));
    return exitCode.compliant;
  }
  const [{ needsOf }, { leastPrivilegePolicy }, { requiredActions }] = await Promise.all([
    import('../../scan.ts'),
    import('../../sources/aws/least-privilege-policy.ts'),
    import('../../sources/aws/required-actions.ts'),
  ]);
  const needs = needsOf(chosen.selected);
  const actions = requiredActions(needs, { inspectValues: flags.inspectValues === true, allKeys: flags.allKeys === true });
  io.stdout.write(`${JSON.stringify(leastPrivilegePolicy(actions), null, 2)}\n`);
  return exitCode.compliant;
}
