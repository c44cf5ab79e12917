import { Option } from 'commander';
import { nearestName } from '../../expressions/nearest-name.ts';
import { UserError } from '../../model/errors.ts';
import { addConfigOptions, addPolicyFileOptions, addPolicyOptions, type ConfigOptions, type PolicyOptions } from '../options.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

interface ListFlags extends PolicyOptions, ConfigOptions {
  readonly json?: boolean;
}

export type ShowFlags = Pick<PolicyOptions, 'policies' | 'builtin' | 'param'> & ConfigOptions;

const listExamples = `
Examples:
  $ sealcheck policies list                              with what sealcheck.config.yaml says of them, and where
  $ sealcheck policies list --no-config --tag rotation
  $ sealcheck policies list --json --severity high`;

export const policiesCommand: Command = {
  name: 'policies',
  register: (program, action) => {
    const policies = program.command('policies').description('list the policies as configured, or show one');
    policies.addHelpText('after', `${listExamples}\n\nsealcheck policies alone is policies list, and takes its options.`);
    const list = policies.command('list', { isDefault: true }).description('list the selected policies, as configured');
    addPolicyOptions(list).addOption(new Option('--json', 'as JSON'));
    addConfigOptions(list)
      .addHelpText('after', listExamples)
      // A subcommand that is misspelt comes here, as what follows the default one.
      .allowExcessArguments(true)
      .action(async (flags: ListFlags) => {
        checkNoWord(list.args[0]);
        await action((io) => listPolicies(flags, io));
      });
    const show = policies.command('show').description('show one policy, as configured').argument('<id>', 'id or former id');
    addPolicyFileOptions(show);
    addConfigOptions(show)
      .addHelpText('after', '\nExample:\n  $ sealcheck policies show secretsmanager-rotation-interval')
      .action(async (id: string, flags: ShowFlags) => {
        await action((io) => showPolicy(id, flags, io));
      });
  },
};

function checkNoWord(word: string | undefined): void {
  if (word === undefined) return;
  const nearest = nearestName(word, ['list', 'show']);
  throw new UserError('usage', `there is no command policies ${word}`, {
    hint: nearest === undefined ? 'there are list and show' : `did you mean ${nearest}?`,
  });
}

async function listPolicies(given: ListFlags, io: Io): Promise<number> {
  const [{ chooseConfigured }, { configure, policyFlags }, { policyRows, printPolicies }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../config/configure.ts'),
    import('../print-policies.ts'),
  ]);
  const { settings, config } = await configure(given, io.env);
  const flags = policyFlags(given, settings);
  const chosen = await chooseConfigured(flags, config, io.stderr);
  io.stdout.write(flags.json === true ? `${JSON.stringify(policyRows(chosen, flags), null, 2)}\n` : printPolicies(chosen, flags));
  return exitCode.compliant;
}

/** Shows a policy by id. Throws UserError for an id that nothing has. */
export async function showPolicy(id: string, given: ShowFlags, io: Io): Promise<number> {
  const [{ chooseFrom, loadOffer }, { configure, policyFlags }, { printPolicy }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../config/configure.ts'),
    import('../print-policy.ts'),
  ]);
  const { settings, config } = await configure(given, io.env);
  const flags = policyFlags(given, settings);
  const offer = await loadOffer(flags, config, io.stderr);
  const asked = await chooseFrom(offer, { ...flags, policy: [id], tag: [] });
  const [selected] = asked.selected;
  if (selected === undefined) throw new Error('a policy that is named is selected');
  // Named it is judged, whatever the file says; what is shown is how a scan judges it that names none.
  const usual = await chooseFrom(offer, { ...flags, policy: [], tag: [] }).catch(nothingChosen);
  const judged = usual?.selected.find(({ policy }) => policy.id === selected.policy.id);
  // What is off throughout has no override that counts.
  const { overrides: _none, ...off } = selected;
  io.stdout.write(printPolicy(judged ?? off, { ...asked, selected: usual?.selected ?? [] }, flags));
  return exitCode.compliant;
}

function nothingChosen(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'selector-empty') return undefined;
  throw error;
}
