import { Option } from 'commander';
import type { Policy } from '../../model/policy.ts';
import type { PolicyTest } from '../../policy/policy-test.ts';
import { noPolicyLeft } from '../config/no-policy-left.ts';
import type { Io } from '../io.ts';
import { exitCode } from '../exit-code.ts';
import { addConfigOptions, type ConfigOptions } from '../options.ts';
import type { Command } from './command.ts';

interface TestFlags extends ConfigOptions {
  readonly builtin: boolean;
  readonly verbose?: boolean;
}

const examples = `
Examples:
  $ sealcheck test policies/
  $ sealcheck test                          the policyPaths of sealcheck.config.yaml, and the built-in pack
  $ sealcheck test --no-config --verbose    the built-in pack alone`;

export const testCommand: Command = {
  name: 'test',
  register: (program, action) => {
    const command = program
      .command('test')
      .description('run the tests inside policy files: those of the paths, or of the configuration and the built-in pack')
      .argument('[paths...]', 'policy files or folders')
      .addOption(new Option('--builtin', 'the built-in pack too').default(false, 'only without paths'));
    addConfigOptions(command)
      .option('-v, --verbose', 'name the tests that pass')
      .addHelpText('after', examples)
      .action(async (paths: readonly string[], flags: TestFlags) => {
        await action((io) => runTests(paths, flags, io));
      });
  },
};

interface Tested {
  readonly policy: Policy;
  readonly tests: readonly PolicyTest[];
}

async function runTests(given: readonly string[], flags: TestFlags, io: Io): Promise<number> {
  const { runPolicyTests } = await import('../../run-policy-tests.ts');
  const { paths, builtin } = given.length > 0 ? { paths: given, builtin: false } : await configuredPaths(flags, io);
  const tested = [...(builtin || flags.builtin ? await builtinTests() : []), ...(paths.length > 0 ? await ownTests(paths, io) : [])];
  const { safeText } = await import('../../reporters/safe-text.ts');
  let [passed, failed] = [0, 0];
  for (const { policy, tests } of tested) {
    for (const result of runPolicyTests(policy, tests)) {
      if (result.problem === undefined) {
        passed += 1;
        if (flags.verbose === true) io.stdout.write(`ok    ${result.policyId}: ${safeText(result.name)}\n`);
      } else {
        failed += 1;
        io.stdout.write(
          `FAIL  ${safeText(result.file)}:${result.line} ${result.policyId}: ${safeText(result.name)}\n      ${safeText(result.problem)}\n`,
        );
      }
    }
  }
  io.stdout.write(`${tested.length} policies: ${passed} passed, ${failed} failed\n`);
  return failed > 0 ? exitCode.violations : exitCode.compliant;
}

/** Which policies a scan would have. Their tests say their params themselves, so nothing else of the file is asked. */
async function configuredPaths(flags: ConfigOptions, io: Io): Promise<{ readonly paths: readonly string[]; readonly builtin: boolean }> {
  const { configure } = await import('../config/configure.ts');
  // --builtin adds here what --no-builtin takes away elsewhere.
  const { settings, config } = await configure({ ...(flags.config === undefined ? {} : { config: flags.config }) }, io.env);
  const [paths, builtin] = [settings.policyPaths.value, settings.builtin.value];
  if (paths.length === 0 && !builtin && config !== undefined) throw noPolicyLeft(config);
  return { paths, builtin };
}

async function builtinTests(): Promise<readonly Tested[]> {
  const [{ builtinPolicies }, { unpackTests }, { default: packed }] = await Promise.all([
    import('../choose-policies.ts'),
    import('../../policy/packed-tests.ts'),
    import('#generated/pack-tests.json', { with: { type: 'json' } }),
  ]);
  const policies = await builtinPolicies();
  const tests = packed as unknown as { readonly [id: string]: Parameters<typeof unpackTests>[0] };
  return policies.map((policy) => ({ policy, tests: unpackTests(tests[policy.id] ?? []) }));
}

async function ownTests(paths: readonly string[], io: Io): Promise<readonly Tested[]> {
  const [{ loadPolicies }, { printDiagnostic }] = await Promise.all([import('../../policy/load-policies.ts'), import('../print-error.ts')]);
  const own = loadPolicies(paths, { builtin: false });
  for (const warning of own.warnings) printDiagnostic(warning, io.stderr);
  return own.policies.map((policy) => ({ policy, tests: own.tests.get(policy.id) ?? [] }));
}
