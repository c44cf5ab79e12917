import { loadPolicies } from '../../src/policy/load-policies.ts';
import { peersPage, readPeerCases } from './peers.ts';
import { policyPages } from './policies.ts';
import { resourcePage } from './resources.ts';

/** Everything under docs/ that is generated whole. Path → text. */
export function renderDocs(): ReadonlyMap<string, string> {
  const { policies, tests } = loadPolicies(['policies'], { builtin: true });
  return new Map([
    ...policyPages(policies, tests),
    ['docs/resources.md', resourcePage()],
    ['docs/peers.md', peersPage(policies, readPeerCases())],
  ]);
}
