import { addConfigOptions, addPolicyFileOptions } from '../options.ts';
import type { Command } from './command.ts';
import { showPolicy, type ShowFlags } from './policies.ts';

const examples = `
Examples:
  $ sealcheck explain secretsmanager-rotation-interval
  $ sealcheck explain secretsmanager-rotation-interval --no-config    as it is without sealcheck.config.yaml
  $ sealcheck explain own-policy --policies policies/`;

export const explainCommand: Command = {
  name: 'explain',
  register: (program, action) => {
    const command = program
      .command('explain')
      .description('say why a policy matters, how it is configured, and how to mend a finding')
      .argument('<id>', 'policy id');
    addPolicyFileOptions(command);
    addConfigOptions(command)
      .addHelpText('after', examples)
      .action(async (id: string, flags: ShowFlags) => {
        await action((io) => showPolicy(id, flags, io));
      });
  },
};
