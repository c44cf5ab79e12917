import { readFileSync } from 'node:fs';
import { evaluate } from '../../../src/engine/evaluate.ts';
import type { Finding } from '../../../src/model/finding.ts';
import type { ScopeModel } from '../../../src/model/resource.ts';
import { loadPolicies } from '../../../src/policy/load-policies.ts';
import { selectPolicies } from '../../../src/policy/select-policies.ts';
import { createValueClassifier } from '../../../src/resources/secret-value.ts';
import { readTerraformPlan, type PlanOptions } from '../../../src/sources/terraform/index.ts';

export const plans = 'test/fixtures/plans';
export const acme = `${plans}/acme`;

const { policies } = loadPolicies(['policies'], { builtin: true });
const pack = selectPolicies(policies, { ids: [], tags: [], params: [] });
const classify = await createValueClassifier();

export interface JudgedPlan {
  readonly scope: ScopeModel;
  readonly notes: readonly string[];
  readonly findings: readonly Finding[];
}

export function readPlanFile(name: string): unknown {
  return JSON.parse(readFileSync(`${plans}/${name}`, 'utf8'));
}

/** Reads a plan and judges it by the whole pack, every finding kept. */
export async function judgePlan(json: unknown, options: Partial<PlanOptions> = {}): Promise<JudgedPlan> {
  const { scope, notes } = await readTerraformPlan(json, { file: 'plan.json', root: 'acme', classify, ...options });
  const { findings } = evaluate({ scopes: [scope], provenance: {}, notes }, pack, { now: Date.UTC(2026, 10, 25), detail: 'all' });
  return { scope, notes, findings };
}
