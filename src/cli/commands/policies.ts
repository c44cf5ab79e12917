import { Option } from 'commander';
import type { Policy } from '../../model/policy.ts';
import { addPolicyOptions, type PolicyOptions } from '../options.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

export const policiesCommand: Command = {
  name: 'policies',
  register: (program, action) => {
    const policies = program.command('policies').description('list the policies, or show one');
    addPolicyOptions(policies.command('list', { isDefault: true }).description('list the selected policies'))
      .addOption(new Option('--json', 'as JSON'))
      .action(async (flags: PolicyOptions & { readonly json?: boolean }) => {
        await action((io) => listPolicies(flags, io));
      });
    addPolicyOptions(policies.command('show').description('show one policy').argument('<id>', 'id or former id')).action(
      async (id: string, flags: PolicyOptions) => {
        await action((io) => showPolicy(id, flags, io));
      },
    );
  },
};

async function listPolicies(flags: PolicyOptions & { readonly json?: boolean }, io: Io): Promise<number> {
  const { choosePolicies } = await import('../choose-policies.ts');
  const selected = await choosePolicies(flags, io.stderr);
  if (flags.json === true) {
    const rows = selected.map(({ policy: { id, title, severity, resources, sources, tags, controls, equivalents }, params }) => ({
      ...{ id, title, severity, resources, sources, tags, controls, equivalents, params },
    }));
    io.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
    return exitCode.compliant;
  }
  const { safeText } = await import('../../reporters/safe-text.ts');
  const width = Math.max(...selected.map(({ policy }) => policy.id.length));
  const row = ({ id, severity, title }: Policy): string => `${severity.padEnd(8)}  ${id.padEnd(width)}  ${safeText(title)}`;
  io.stdout.write(`${selected.map(({ policy }) => row(policy)).join('\n')}\n`);
  return exitCode.compliant;
}

/** Shows a policy by id. Throws UserError for an id that nothing has. */
export async function showPolicy(id: string, flags: Pick<PolicyOptions, 'policies' | 'builtin'>, io: Io): Promise<number> {
  const [{ choosePolicies }, { printPolicy }] = await Promise.all([import('../choose-policies.ts'), import('../print-policy.ts')]);
  const [selected] = await choosePolicies(
    { policies: flags.policies, builtin: flags.builtin, policy: [id], tag: [], param: [] },
    io.stderr,
  );
  if (selected) io.stdout.write(printPolicy(selected.policy));
  return exitCode.compliant;
}
