import { Option } from 'commander';
import type { Policy } from '../../model/policy.ts';
import type { PolicyTest } from '../../policy/policy-test.ts';
import type { Io } from '../io.ts';
import { exitCode } from '../exit-code.ts';
import type { Command } from './command.ts';

interface TestFlags {
  readonly builtin: boolean;
  readonly verbose?: boolean;
}

export const testCommand: Command = {
  name: 'test',
  register: (program, action) => {
    program
      .command('test')
      .description('run the tests inside policy files: those of the paths, or of the built-in pack')
      .argument('[paths...]', 'policy files or folders')
      .addOption(new Option('--builtin', 'the built-in pack too').default(false, 'only without paths'))
      .option('-v, --verbose', 'name the tests that pass')
      .addHelpText('after', '\nExample:\n  $ sealcheck test policies/')
      .action(async (paths: readonly string[], flags: TestFlags) => {
        await action((io) => runTests(paths, flags, io));
      });
  },
};

interface Tested {
  readonly policy: Policy;
  readonly tests: readonly PolicyTest[];
}

async function runTests(paths: readonly string[], flags: TestFlags, io: Io): Promise<number> {
  const { runPolicyTests } = await import('../../run-policy-tests.ts');
  const tested = [
    ...(paths.length === 0 || flags.builtin ? await builtinTests() : []),
    ...(paths.length > 0 ? await ownTests(paths, io) : []),
  ];
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
