import { readFileSync } from 'node:fs';
import { gitlabComponent } from '../../src/cli/init/gitlab/component.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { peersPage, readPeerCases } from './peers.ts';
import { policyPages } from './policies.ts';
import { resourcePage } from './resources.ts';

/** Everything that is generated whole: pages under docs/, and the CI/CD component of GitLab. Path → text. */
export function renderDocs(): ReadonlyMap<string, string> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  const { policies, tests } = loadPolicies(['policies'], { builtin: true });
  return new Map([
    ...policyPages(policies, tests),
    ['docs/resources.md', resourcePage()],
    ['templates/sealcheck/template.yml', gitlabComponent(version)],
    ['docs/peers.md', peersPage(policies, readPeerCases())],
  ]);
}
