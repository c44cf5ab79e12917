import type { Finding } from '../../src/model/finding.ts';
import type { Planted } from './acme/planted.ts';

/** The ids of the policies that fail a planted fault or a decoy. */
export type Blame = (planted: Planted) => readonly string[];

/**
 * Looks up the policies that fail a resource: of a decoy that nothing is wrong with all of them, else the one in question.
 *
 * `asDescribed` gives a name the ids that the account description has.
 */
export function blameIn(findings: readonly Finding[], asDescribed: (text: string) => string = (text) => text): Blame {
  const byResource = new Map<string, Set<string>>();
  for (const { status, policyId, resource } of findings) {
    if (status !== 'fail') continue;
    const key = keyOf(resource.type, resource.account, resource.region, asDescribed(resource.name));
    byResource.set(key, (byResource.get(key) ?? new Set()).add(policyId));
  }
  return ({ type, account, region, name, policyId }) =>
    [...(byResource.get(keyOf(type, account, region, name)) ?? [])].filter((id) => policyId === 'every' || id === policyId);
}

/** For the title of a test. */
export function titleOf({ policyId, region, name, why }: Planted): string {
  return `${policyId}, ${name} in ${region}: ${why}`;
}

function keyOf(type: string, account: string | undefined, region: string | undefined, name: string): string {
  return [type, account, region, name].join(' ');
}
