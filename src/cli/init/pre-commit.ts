import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import { toolVersion } from '../version.ts';
import { repeatedPaths } from './checked-option.ts';
import type { InitKit, MadeKit } from './kit.ts';

interface Flags {
  readonly target: readonly string[];
  readonly dir: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

const file = '.pre-commit-config.yaml';

/** A hook of pre-commit. A configuration that is there is the user's: what belongs into it is printed. */
export const preCommitKit: InitKit = {
  name: 'pre-commit',
  summary: 'a hook for pre-commit, which judges templates before each commit',
  addOptions: (command) => command.addOption(repeatedPaths('--target <path>', 'template or cdk.out to judge; repeats')),
  make: (flags, io) => Promise.resolve(makePreCommitKit(flags as unknown as Flags, io)),
};

function makePreCommitKit({ target, dir, force, dryRun }: Flags, io: Io): MadeKit {
  if (target.length === 0)
    throw new UserError('usage', 'nothing to judge', { hint: 'name the templates of this repository with --target' });
  const text = `repos:\n${hook(target)}`;
  const there = present(join(dir, file));
  if (there !== undefined && there !== text && force !== true && dryRun !== true) {
    io.stdout.write(hook(target));
    throw new UserError('file-exists', `${join(dir, file)} is there`, {
      hint: 'add what is printed above to its repos; --force overwrites the file; nothing was written',
    });
  }
  return { files: [{ path: file, text }], next: ['pre-commit install'] };
}

/** The version is pinned, and its dependencies are by its own package. */
function hook(target: readonly string[]): string {
  return `  - repo: local
    hooks:
      - id: sealcheck
        name: sealcheck
        language: node
        additional_dependencies: ["sealcheck@${toolVersion}"]
        entry: sealcheck scan --quiet
        args: [${target.map((path) => `"${path}"`).join(', ')}]
        pass_filenames: false
        files: \\.(ya?ml|json|template)$
`;
}

function present(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
