import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { CoveredFramework, Framework } from '../model/framework.ts';
import type { Policy } from '../model/policy.ts';
import { loadFramework } from './load-framework.ts';

/** The frameworks of a folder, by id. Throws UserError `policy-invalid` with all diagnostics of all files. */
export function loadFrameworks(directory: string): readonly Framework[] {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  const loaded = files.map((name) => {
    const file = join(directory, name);
    const shown = relative('.', file).replaceAll(sep, '/');
    const { framework, diagnostics } = loadFramework(shown, readFileSync(file, 'utf8'));
    if (framework === undefined || name === `${framework.id}.yaml`) return { framework, diagnostics };
    const message = `the file of ${framework.id} must be called ${framework.id}.yaml`;
    return { framework, diagnostics: [{ severity: 'error' as const, file: shown, line: 1, column: 1, message }] };
  });
  const diagnostics = loaded.flatMap((one) => one.diagnostics);
  if (diagnostics.length > 0) throw new UserError('policy-invalid', 'a framework is not valid', { diagnostics });
  return loaded.flatMap(({ framework }) => framework ?? []);
}

/** With the policies that claim each requirement. */
export function coverFrameworks(frameworks: readonly Framework[], policies: readonly Policy[]): readonly CoveredFramework[] {
  return frameworks.map((framework) => ({
    ...framework,
    requirements: framework.requirements.map((requirement) => ({
      ...requirement,
      policies: policies
        .filter(({ controls }) => controls.some((control) => control.framework === framework.id && control.id === requirement.id))
        .map(({ id }) => id),
    })),
  }));
}
