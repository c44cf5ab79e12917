import { UserError } from '../../model/errors.ts';
import type { LoadedConfig } from './load-config.ts';

/** The error of a file that leaves the built-in policies out and names no others. */
export function noPolicyLeft({ source, shown }: LoadedConfig): UserError {
  const problem = source.at(['builtin'], 'builtin: false leaves no policy', { hint: 'name your own in policyPaths' });
  return new UserError('config-invalid', `${shown}: ${problem.message}`, { diagnostics: [problem] });
}
