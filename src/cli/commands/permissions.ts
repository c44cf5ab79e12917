import { addPolicyOptions, type PolicyOptions } from '../options.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

interface PermissionsFlags extends PolicyOptions {
  readonly inspectValues?: boolean;
  readonly allKeys?: boolean;
}

export const permissionsCommand: Command = {
  name: 'permissions',
  register: (program, action) => {
    addPolicyOptions(program.command('permissions').description('print the least IAM policy that a scan with the selected policies needs'))
      .option('--inspect-values', 'as for scan: adds ssm:GetParameters')
      .option('--all-keys', 'as for scan: adds kms:ListKeys')
      .action(async (flags: PermissionsFlags) => {
        await action((io) => printPermissions(flags, io));
      });
  },
};

async function printPermissions(flags: PermissionsFlags, io: Io): Promise<number> {
  const [{ choosePolicies }, { needsOf }, { leastPrivilegePolicy }, { requiredActions }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../../scan.ts'),
    import('../../sources/aws/least-privilege-policy.ts'),
    import('../../sources/aws/required-actions.ts'),
  ]);
  const needs = needsOf(await choosePolicies(flags, io.stderr));
  const actions = requiredActions(needs, { inspectValues: flags.inspectValues === true, allKeys: flags.allKeys === true });
  io.stdout.write(`${JSON.stringify(leastPrivilegePolicy(actions), null, 2)}\n`);
  return exitCode.compliant;
}
