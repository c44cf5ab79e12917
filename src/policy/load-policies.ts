import { readdirSync, readFileSync, statSync, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { UserError, type Diagnostic } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import type { Policy } from '../model/policy.ts';
import { loadPolicy } from './load-policy.ts';
import type { PolicyTest } from './policy-test.ts';

export interface PolicySet {
  readonly policies: readonly Policy[];
  /** Tests by policy id. */
  readonly tests: ReadonlyMap<string, readonly PolicyTest[]>;
  readonly warnings: readonly Diagnostic[];
}

export interface LoadOptions {
  readonly builtin: boolean;
  readonly relativeTo?: string;
  /** Controls must be requirements of these; without, they may be anything: people have frameworks of their own. */
  readonly frameworks?: readonly Framework[];
}

/** The policy files at the paths: files as given, folders searched for .yaml and .yml. Throws UserError. */
function findPolicyFiles(paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => {
    const stats = statsOf(path);
    if (!stats) throw new UserError('file-not-found', `there is no ${path}`, { hint: 'name a policy file, or a folder that holds some' });
    if (!stats.isDirectory()) return [path];
    const found = readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/.test(name) && !name.split(sep).includes('node_modules'))
      .map((name) => join(path, name));
    if (found.length === 0) throw new UserError('selector-empty', `there is no policy file (.yaml) in ${path}`);
    return found;
  });
  return [...new Set(files)].sort();
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new UserError('file-unreadable', `cannot read ${path}: ${(error as NodeJS.ErrnoException).code ?? 'error'}`, { cause: error });
  }
}

/**
 * Loads every policy file of the paths. Throws UserError `policy-invalid` with all diagnostics of all files when one
 * has an error, `policy-duplicate` when two have the same id or alias.
 */
export function loadPolicies(paths: readonly string[], options: LoadOptions): PolicySet {
  const policies: Policy[] = [];
  const tests = new Map<string, readonly PolicyTest[]>();
  const diagnostics: Diagnostic[] = [];
  for (const file of findPolicyFiles(paths)) {
    const shown = relative(options.relativeTo ?? '.', file).replaceAll(sep, '/') || file;
    const loaded = loadPolicy(shown, readPolicyFile(file), options.builtin, options.frameworks);
    diagnostics.push(...loaded.diagnostics);
    if (!loaded.policy) continue;
    policies.push(loaded.policy);
    tests.set(loaded.policy.id, loaded.tests);
  }
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  if (errors.length > 0) {
    const files = new Set(errors.map((error) => error.file)).size;
    const message = `${errors.length} ${errors.length === 1 ? 'error' : 'errors'} in ${files} policy ${files === 1 ? 'file' : 'files'}`;
    throw new UserError('policy-invalid', message, { diagnostics });
  }
  checkIds(policies);
  return { policies: [...policies].sort((a, b) => (a.id < b.id ? -1 : 1)), tests, warnings: diagnostics };
}

function readPolicyFile(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : error instanceof Error ? error.message : String(error);
    throw new UserError('file-unreadable', `cannot read ${file}: ${reason}`, { cause: error });
  }
}

/** Ids and aliases name one policy each. Throws UserError `policy-duplicate`. */
export function checkIds(policies: readonly Policy[]): void {
  const owners = new Map<string, Policy>();
  for (const policy of policies) {
    for (const id of [policy.id, ...policy.aliases]) {
      const other = owners.get(id);
      if (other) {
        const hint =
          policy.origin.builtin === other.origin.builtin
            ? 'ids and aliases must be unique'
            : 'choose another id, or leave the built-in pack out with --no-builtin';
        throw new UserError('policy-duplicate', `two policies are called ${id}: ${other.origin.file} and ${policy.origin.file}`, { hint });
      }
      owners.set(id, policy);
    }
  }
}
