import { redactables } from '../../model/scan-result.ts';
import { reporters } from '../../reporters/index.ts';
import { builtinPolicies } from '../choose-policies.ts';
import { loadBuiltFrameworks } from '../frameworks.ts';
import type { KnownWords } from './describe-commands.ts';

/** Formats, policies, tags and frameworks of the package; those of a user's own policies are not known here. */
export async function knownWords(): Promise<KnownWords> {
  const [policies, frameworks] = await Promise.all([builtinPolicies(), loadBuiltFrameworks()]);
  const ids = policies.map(({ id }) => id);
  return {
    flags: new Map([
      ['--format', reporters.map(({ name }) => name)],
      ['--policy', ids],
      ['--tag', [...new Set(policies.flatMap(({ tags }) => tags))].sort()],
      ['--framework', [...frameworks.map(({ id }) => id), 'list']],
      ['--redact', [redactables.join(','), ...redactables]],
      ['--param', policies.flatMap(({ id, params }) => Object.keys(params).map((name) => `${id}.${name}=`))],
    ]),
    args: new Map([['id', ids]]),
  };
}
