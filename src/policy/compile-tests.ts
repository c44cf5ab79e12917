import type { Diagnostic } from '../model/errors.ts';
import type { ParamValues, Policy } from '../model/policy.ts';
import { nearestName } from '../expressions/nearest-name.ts';
import { parseTime } from '../resources/decode.ts';
import { findResourceType } from '../resources/index.ts';
import { defaultParams } from './default-params.ts';
import { decodeFixture } from './fixture.ts';
import { paramProblem } from './param-shape.ts';
import { defaultTestClock, type PolicyTest } from './policy-test.ts';
import type { RawPolicy, RawTest } from './raw-policy.ts';
import type { YamlSource } from './yaml-source.ts';

/** Checks the tests of a policy: fixtures against the declared types, params against their declarations. */
export function compileTests(
  raw: RawPolicy,
  policy: Policy,
  source: YamlSource,
): { readonly tests: readonly PolicyTest[]; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const tests = raw.tests.flatMap((test, index) => compileTest(test, index, policy, source, diagnostics) ?? []);
  const names = new Set<string>();
  for (const [index, test] of raw.tests.entries()) {
    if (names.has(test.name)) diagnostics.push(source.at(['tests', index, 'name'], `there is a test of that name already`));
    names.add(test.name);
  }
  const severity = policy.origin.builtin ? 'error' : 'warning';
  for (const status of ['pass', 'fail', 'unknown'] as const) {
    if (raw.tests.some((test) => test.expect === status) || (status === 'unknown' && !readsWhatCanBeUnknown(policy))) continue;
    diagnostics.push(
      source.at(['tests'], `no test expects ${status}`, {
        severity,
        hint: 'a policy is only known to work when each verdict has been seen',
      }),
    );
  }
  return { tests, diagnostics };
}

const alwaysKnown = new Set(['name', 'account', 'region']);

function readsWhatCanBeUnknown(policy: Policy): boolean {
  return Object.values(policy.reads).some((paths) => paths.some((path) => !alwaysKnown.has(path)));
}

function compileTest(test: RawTest, index: number, policy: Policy, source: YamlSource, diagnostics: Diagnostic[]): PolicyTest | undefined {
  const at = ['tests', index] as const;
  const typeName = test.type ?? policy.resources[0] ?? '';
  const type = policy.resources.includes(typeName) ? findResourceType(typeName) : undefined;
  if (!type) {
    diagnostics.push(
      source.at([...at, 'type'], `the policy does not judge ${typeName}`, { hint: `it judges ${policy.resources.join(', ')}` }),
    );
    return undefined;
  }
  const decoded = decodeFixture(type, test.resource, policy.reads[typeName] ?? []);
  const params = testParams(test, at, policy, source, diagnostics);
  const now = test.now === undefined ? defaultTestClock : parseTime(test.now);
  if (now === undefined) diagnostics.push(source.at([...at, 'now'], 'expected a time such as 2026-01-31T00:00:00Z'));
  if ('problems' in decoded) {
    for (const { path, message, candidates } of decoded.problems) {
      const value = valueAt(test.resource, path);
      // What is wrong is the key, or else the word that stands there.
      const wrongKey = message.startsWith('there is no ');
      const word = wrongKey ? path[path.length - 1] : value;
      const nearest = candidates && typeof word === 'string' ? nearestName(word, candidates) : undefined;
      const hint = nearest ? `did you mean ${nearest}?` : undefined;
      const place = [...at, 'resource', ...path];
      diagnostics.push(wrongKey ? source.atKey(place, message, hint) : source.at(place, message, hint ? { hint } : {}));
    }
    return undefined;
  }
  if (!params || now === undefined) return undefined;
  return {
    name: test.name,
    type: typeName,
    attributes: decoded.attributes,
    params,
    now,
    source: test.source ?? 'aws',
    expect: test.expect,
    ...(test.messages ? { messages: test.messages } : {}),
    ...(test.unknown ? { unknown: test.unknown } : {}),
    ...(test.reason === undefined ? {} : { reason: test.reason }),
    line: source.at(at, '').line,
  };
}

function valueAt(root: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step)
        ? (value as { readonly [key: string | number]: unknown })[step]
        : undefined,
    root,
  );
}

function testParams(
  test: RawTest,
  at: readonly (string | number)[],
  policy: Policy,
  source: YamlSource,
  diagnostics: Diagnostic[],
): ParamValues | undefined {
  let sound = true;
  for (const [name, value] of Object.entries(test.params ?? {})) {
    const param = Object.hasOwn(policy.params, name) ? policy.params[name] : undefined;
    const problem = param ? paramProblem(param, value) : `there is no param ${name}`;
    if (problem === undefined) continue;
    const nearest = param ? undefined : nearestName(name, Object.keys(policy.params));
    diagnostics.push(source.at([...at, 'params', name], problem, nearest ? { hint: `did you mean ${nearest}?` } : {}));
    sound = false;
  }
  return sound ? { ...defaultParams(policy), ...test.params } : undefined;
}
