import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { dayOf } from '../../resources/calendar-day.ts';
import { exitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import type { Command } from './command.ts';

/** Files that are code; a larger one is nothing that people write. */
const codeFile = /\.(tf|tofu|ya?ml|json|template)$/;
const largestFile = 8 * 1024 * 1024;

const examples = `
Examples:
  $ sealcheck waivers import infra/ > proposed.yaml          then give each a reason, an owner and a last day
  $ sealcheck waivers import main.tf template.yaml
  $ sealcheck scan plan.json --waivers accepted.yaml`;

export const waiversCommand: Command = {
  name: 'waivers',
  register: (program, action) => {
    const command = program.command('waivers').description('accepted risks').addHelpText('after', examples);
    command
      .command('import')
      .description('propose waivers for what checkov, tfsec, trivy, cfn-guard, cfn-nag and cdk-nag were told to leave out')
      .argument('<paths...>', 'files, or folders to search')
      .addHelpText('after', examples)
      .action(async (paths: readonly string[]) => {
        await action((io) => importWaivers(paths, io));
      });
  },
};

async function importWaivers(paths: readonly string[], io: Io): Promise<number> {
  const [{ findSuppressions }, { proposeWaivers }, { builtinPolicies }] = await Promise.all([
    import('../../policy/waivers/find-suppressions.ts'),
    import('../../policy/waivers/propose-waivers.ts'),
    import('../choose-policies.ts'),
  ]);
  const places = paths.map((path) => ({ path, files: filesAt(path) }));
  for (const { path, files } of places)
    if (files.length === 0)
      io.stderr.write(`warning: nothing was looked at in ${path}: it holds no .tf, .tofu, .yaml, .json or .template file\n`);
  const files = [...new Set(places.flatMap((place) => place.files))].sort();
  const found = files.flatMap((file) => findSuppressions(readText(file)).map((one) => ({ ...one, file: file.replaceAll('\\', '/') })));
  io.stdout.write(proposeWaivers(found, await builtinPolicies(), dayOf(io.now())));
  io.stderr.write(
    `${found.length} ${found.length === 1 ? 'suppression' : 'suppressions'} in ${files.length} ${files.length === 1 ? 'file' : 'files'}; none of them is honoured\n`,
  );
  return exitCode.compliant;
}

function filesAt(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw new UserError('file-not-found', `there is no ${path}`);
  if (!stats.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesAt(inner);
    return entry.isFile() && codeFile.test(entry.name) && statSync(inner).size <= largestFile ? [inner] : [];
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError('file-unreadable', `cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? 'error'}`, { cause: error });
  }
}
