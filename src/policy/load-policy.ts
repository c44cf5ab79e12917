import type { Diagnostic } from '../model/errors.ts';
import type { Framework } from '../model/framework.ts';
import type { Policy } from '../model/policy.ts';
import { validate } from '#generated/validate-policy.js';
import { policyStructureSchema } from './policy-schema.ts';
import { checkControls } from './check-controls.ts';
import { compilePolicy } from './compile-policy.ts';
import { compileTests } from './compile-tests.ts';
import type { PolicyTest } from './policy-test.ts';
import type { RawPolicy } from './raw-policy.ts';
import { namesIn, schemaProblems, type SchemaViolation } from './schema-problems.ts';
import { parseYaml } from './yaml-source.ts';

export interface LoadedPolicy {
  /** Undefined when there is an error among the diagnostics. */
  readonly policy?: Policy;
  readonly tests: readonly PolicyTest[];
  /** All errors and warnings of the file, in the order of their places. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads one policy file: YAML, schema, types, tests. Never throws for what is in it. */
export function loadPolicy(file: string, text: string, builtin: boolean, frameworks?: readonly Framework[]): LoadedPolicy {
  const source = parseYaml(file, text);
  if ('problems' in source) return { tests: [], diagnostics: source.problems };
  const violations = validate(source.value) ? [] : ((validate.errors ?? []) as readonly SchemaViolation[]);
  const problems = schemaProblems(violations, source, namesIn(policyStructureSchema));
  if (!violations.every(leavesStructure)) return { tests: [], diagnostics: inOrder(problems) };
  const raw = source.value as RawPolicy;
  const compiled = compilePolicy(raw, source, { file, builtin });
  if (!compiled.policy) return { tests: [], diagnostics: inOrder([...problems, ...compiled.diagnostics]) };
  const { tests, diagnostics } = compileTests(raw, compiled.policy, source);
  const claims = frameworks === undefined ? [] : checkControls(compiled.policy, frameworks, source);
  const all = inOrder([...problems, ...compiled.diagnostics, ...claims, ...diagnostics]);
  const failed = all.some((diagnostic) => diagnostic.severity === 'error');
  return { tests, diagnostics: all, ...(failed ? {} : { policy: compiled.policy }) };
}

/** Violations beside which the rest of the file can still be checked, so that all its errors are shown at once. */
function leavesStructure({ keyword, instancePath, params }: SchemaViolation): boolean {
  if (keyword === 'required')
    return instancePath === '' && ['apiVersion', 'id', 'title', 'severity', 'description'].includes(String(params['missingProperty']));
  return ['additionalProperties', 'propertyNames', 'pattern', 'const'].includes(keyword);
}

function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => a.line - b.line || a.column - b.column);
}
