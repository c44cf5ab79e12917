import { nearestName } from '../expressions/nearest-name.ts';
import { UserError } from '../model/errors.ts';
import type { CoveredFramework } from '../model/framework.ts';

/** The frameworks that the package knows, compiled when it was built. */
export async function loadBuiltFrameworks(): Promise<readonly CoveredFramework[]> {
  const { default: frameworks } = await import('#generated/frameworks.json', { with: { type: 'json' } });
  return frameworks;
}

/** Throws UserError for an id that none has, with the nearest. */
export function findFramework(id: string, frameworks: readonly CoveredFramework[]): CoveredFramework {
  const found = frameworks.find((framework) => framework.id === id);
  if (found) return found;
  const ids = frameworks.map((framework) => framework.id);
  const nearest = nearestName(id, ids) ?? ids.find((known) => known.startsWith(id) || id.startsWith(known));
  const list = `there are ${ids.join(', ')}`;
  throw new UserError('usage', `there is no framework ${id}`, { hint: nearest === undefined ? list : `did you mean ${nearest}? ${list}` });
}

/** One line a framework, and how many of its requirements a policy of the pack gives evidence for. */
export function listFrameworks(frameworks: readonly CoveredFramework[]): string {
  const width = Math.max(...frameworks.map(({ id }) => id.length));
  const lines = frameworks.map(({ id, title, version, requirements }) => {
    const covered = requirements.filter(({ policies }) => policies.length > 0).length;
    return `${id.padEnd(width)}  ${title} ${version}: ${String(covered)} of ${String(requirements.length)} requirements covered\n`;
  });
  return lines.join('');
}
