import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { peerFixtures, readPeerCases } from '../scripts/docs/peers.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { loadPolicies } from '../src/policy/load-policies.ts';
import { selectPolicies } from '../src/policy/select-policies.ts';
import { read } from './sources/cloudformation/read.ts';

const { policies, tests } = loadPolicies(['policies'], { builtin: true });
const { versions, cases } = readPeerCases();
const worst = ['fail', 'unknown', 'pass', 'not_applicable'];

/** The verdict of one policy on a template: the worst of its findings, as a reader of the result takes it. */
async function verdictOn(template: string, policyId: string): Promise<string | undefined> {
  const { scope } = await read(readFileSync(`${peerFixtures}/${template}`, 'utf8'));
  const selected = selectPolicies(policies, { ids: [policyId], tags: [], params: [] });
  const { findings } = evaluate({ scopes: [scope], provenance: {}, notes: [] }, selected, { now: Date.UTC(2026, 10, 25), detail: 'all' });
  return findings.map(({ status }) => status as string).sort((a, b) => worst.indexOf(a) - worst.indexOf(b))[0];
}

describe('what docs/peers.md says of us', () => {
  it.each(cases.map((one) => [`${one.policy}: ${one.case}`, one] as const))('%s', async (_, one) => {
    if (one.template !== undefined) {
      expect(await verdictOn(one.template, one.policy)).toBe(one.expect);
      return;
    }
    // `sealcheck test` and test/policy run it; here it must exist and say the same.
    expect(tests.get(one.policy)?.find(({ name }) => name === one.test)?.expect).toBe(one.expect);
  });

  it('every fixture is of a case, every tool has a version', () => {
    const files = readdirSync(peerFixtures).filter((name) => name !== 'cases.yaml');
    expect(files.sort()).toEqual(cases.flatMap(({ template }) => template ?? []).sort());
    const tools = new Set(cases.flatMap(({ peers }) => peers.map(({ tool }) => tool)));
    expect([...tools].filter((tool) => !(tool in versions))).toEqual([]);
  });
});
