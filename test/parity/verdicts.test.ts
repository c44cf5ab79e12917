import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../src/engine/evaluate.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Policy } from '../../src/model/policy.ts';
import type { Collection } from '../../src/model/resource.ts';
import { sourceNames, type SourceName } from '../../src/model/source-name.ts';
import { pack } from '../support/scan-endpoint.ts';
import { readSources } from './read-sources.ts';
import { nameOf, resourcesOf, scenarios, writtenIn, type Scenario } from './scenarios.ts';
import { now } from './target.ts';

const selected = pack();

/** A verdict that may depend on where the resource came from. */
interface AllowedVerdict {
  readonly reason: string;
  readonly policy: string;
  readonly scenario: RegExp;
  readonly said: { readonly [source in SourceName]?: readonly string[] };
}

/** Every one of them must be met. */
const allowedVerdicts: readonly AllowedVerdict[] = [
  {
    reason: 'the item is the block that sets the value, which has another address in each code',
    policy: 'secretsmanager-no-value-in-source',
    scenario: /^parity\/filled$/,
    said: { terraform: ['fail at aws_secretsmanager_secret_version.filled'], cloudformation: ['fail at Filled'] },
  },
  {
    reason: 'whether a function of other code is there, only the account knows',
    policy: 'secretsmanager-rotation-function-exists',
    scenario: /^parity\/rotates-by-/,
    said: { aws: ['pass'], terraform: ['unknown'], cloudformation: ['unknown'] },
  },
  {
    reason: 'what a function of other code does, its account may tell by its description, and here that says nothing',
    policy: 'secretsmanager-rotation-uses-alternating-users',
    scenario: /^parity\/rotates-by-/,
    said: { aws: ['not_applicable: cannot be seen without the value'], terraform: ['unknown'], cloudformation: ['unknown'] },
  },
  {
    reason: 'a plan shows that the value of a SecureString is no secret; an account keeps it to itself, but it is secure either way',
    policy: 'ssm-parameter-secret-is-secure-string',
    scenario: /^\/parity\/secure/,
    said: { aws: ['pass'], terraform: ['not_applicable: condition not met: variables.nameSaysSecret || resource.value.looksSecret'] },
  },
];

let findings: { readonly [source in SourceName]: ReadonlyMap<string, readonly Finding[]> };

beforeAll(async () => {
  const read = await readSources();
  findings = { aws: judge(read.aws), terraform: judge(read.terraform), cloudformation: judge(read.cloudformation) };
});

/** Findings by policy, type and name of the scenario. */
function judge(collection: Collection): ReadonlyMap<string, readonly Finding[]> {
  const names = new Map(resourcesOf(collection).map((resource) => [resource.address, nameOf(resource)]));
  const all = evaluate(collection, selected, { now, detail: 'all' }).findings;
  const made = new Map<string, Finding[]>();
  for (const finding of all) {
    const key = `${finding.policyId} ${finding.resource.type} ${names.get(finding.resource.address) ?? ''}`;
    made.set(key, [...(made.get(key) ?? []), finding]);
  }
  return made;
}

function verdictsOf(policy: Policy, scenario: Scenario, source: SourceName): readonly string[] {
  return (findings[source].get(`${policy.id} ${scenario.type} ${scenario.name}`) ?? []).map(describeFinding).sort();
}

function describeFinding(finding: Finding): string {
  const why = finding.status === 'not_applicable' ? `: ${finding.reason}` : '';
  return `${finding.status}${finding.itemKey === undefined ? '' : ` at ${finding.itemKey}`}${why}`;
}

/** What the sources that the policy is for say of a scenario; undefined when they agree. */
function disagreement(policy: Policy, scenario: Scenario): AllowedVerdict['said'] | undefined {
  const said = writtenIn(scenario)
    .filter((source) => policy.sources.includes(source))
    .map((source) => [source, verdictsOf(policy, scenario, source)] as const);
  return new Set(said.map(([, verdicts]) => JSON.stringify(verdicts))).size > 1 ? Object.fromEntries(said) : undefined;
}

function isAllowed(allowed: AllowedVerdict, policy: Policy, scenario: Scenario): boolean {
  return (
    allowed.policy === policy.id &&
    allowed.scenario.test(scenario.name) &&
    JSON.stringify(allowed.said) === JSON.stringify(disagreement(policy, scenario))
  );
}

const pairs = selected.flatMap(({ policy }) =>
  scenarios.filter(({ type }) => policy.resources.includes(type)).map((scenario) => [policy, scenario] as const),
);
const policies = [...new Map(pairs.map(([policy]) => [policy.id, policy])).values()];
const scenariosOf = (policy: Policy): readonly Scenario[] => scenarios.filter(({ type }) => policy.resources.includes(type));

describe.each(policies)('$id', (policy) => {
  it('gives the same verdicts wherever the resource comes from', () => {
    const wrong = scenariosOf(policy).flatMap((scenario) => {
      const said = disagreement(policy, scenario);
      const isKnown = allowedVerdicts.some((allowed) => isAllowed(allowed, policy, scenario));
      return said === undefined || isKnown ? [] : [{ scenario: scenario.name, said }];
    });
    expect(wrong).toEqual([]);
  });

  it('says something of every scenario, in every source', () => {
    const silent = scenariosOf(policy).flatMap((scenario) =>
      writtenIn(scenario).filter((source) => verdictsOf(policy, scenario, source).length === 0),
    );
    expect(silent).toEqual([]);
  });

  it('is not applicable, with the reason, in the sources that it is not for', () => {
    const beyond = sourceNames.filter((source) => !policy.sources.includes(source));
    const reason = policy.sources.join() === 'aws' ? 'only known in a live account' : `only judged in ${policy.sources.join(', ')}`;
    const said = beyond.flatMap((source) =>
      scenariosOf(policy)
        .filter((scenario) => writtenIn(scenario).includes(source))
        .flatMap((scenario) => verdictsOf(policy, scenario, source)),
    );
    expect(said.filter((verdict) => verdict !== `not_applicable: ${reason}`)).toEqual([]);
  });
});

describe('verdicts that are allowed to differ', () => {
  it.each(allowedVerdicts)('$reason', (allowed) => {
    expect(pairs.some(([policy, scenario]) => isAllowed(allowed, policy, scenario))).toBe(true);
  });
});

describe('the comparison', () => {
  it('met policies for a live account alone, for code alone, and for all sources', () => {
    const kinds = new Set(policies.map(({ sources }) => sources.join(' ')));
    expect([...kinds].sort()).toEqual([
      'aws',
      'aws cloudformation',
      'aws terraform cloudformation',
      'cloudformation',
      'terraform',
      'terraform cloudformation',
    ]);
  });

  it.each(sourceNames)('met violations and what is in order in %s', (source) => {
    const count = (status: Finding['status']): number =>
      [...findings[source].values()].flat().filter((finding) => finding.status === status).length;
    expect(count('fail')).toBeGreaterThan(10);
    expect(count('pass')).toBeGreaterThan(10);
  });
});
