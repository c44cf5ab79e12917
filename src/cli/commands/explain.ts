import { addPolicyOptions, type PolicyOptions } from '../options.ts';
import type { Command } from './command.ts';
import { showPolicy } from './policies.ts';

export const explainCommand: Command = {
  name: 'explain',
  register: (program, action) => {
    addPolicyOptions(
      program.command('explain').description('say why a policy matters and how to mend a finding').argument('<id>', 'policy id'),
    ).action(async (id: string, flags: PolicyOptions) => {
      await action((io) => showPolicy(id, flags, io));
    });
  },
};
