import { tests as conformance } from '@bufbuild/cel-spec/testdata/conformance.js';
import type { VariableTypes } from '../../src/expressions/cel-library.ts';
import { compile } from '../../src/expressions/compile.ts';
import { celTypeName, duration, type ExpressionType } from '../../src/expressions/expression-type.ts';
import { isOpen } from '../../src/expressions/open-value.ts';
import { createParser } from '../../src/expressions/parse-expression.ts';
import { bool, int, list, map, string, timestamp } from '../../src/resources/shape.ts';

/** The conformance data of the CEL specification, run for the part of the language that we take. */
export interface Conformance {
  readonly total: number;
  readonly supported: number;
  readonly passed: number;
  /** Cases that err here and should not. */
  readonly erred: readonly CaseResult[];
  /** Cases that give another answer, or an answer where there is none. */
  readonly wrong: readonly CaseResult[];
  /** How many cases need what we do not have, by feature. */
  readonly unsupported: ReadonlyMap<string, number>;
}

export interface CaseResult {
  readonly suite: string;
  readonly name: string;
  readonly expr: string;
  readonly expected: string;
  readonly actual: string;
}

type Json = { readonly [key: string]: unknown };

interface Suite {
  readonly name: string;
  readonly suites?: readonly Suite[];
  readonly tests?: readonly { readonly original: Json & { readonly expr: string } }[];
}

/** A part of a case that our values cannot express. */
class NotOurs extends Error {}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : []);

function typeOf(json: unknown): ExpressionType {
  const type = record(json);
  const primitives: { readonly [name: string]: ExpressionType } = {
    INT64: int,
    STRING: string,
    BOOL: bool,
    TIMESTAMP: timestamp,
    DURATION: duration,
  };
  const simple = primitives[String(type['primitive'] ?? type['wellKnown'])];
  if (simple) return simple;
  if (type['messageType'] === 'google.protobuf.Timestamp') return timestamp;
  if (type['messageType'] === 'google.protobuf.Duration') return duration;
  const { listType, mapType } = { listType: record(type['listType'])['elemType'], mapType: record(type['mapType']) };
  const inner = listType ?? (record(mapType['keyType'])['primitive'] === 'STRING' ? mapType['valueType'] : undefined);
  const element = inner === undefined ? undefined : typeOf(inner);
  if (!element || element.kind === 'duration') throw new NotOurs('variables of protobuf and other types');
  return listType === undefined ? map(element) : list(element);
}

function valueOf(json: unknown): unknown {
  const [[kind, value] = ['', undefined]] = Object.entries(record(json));
  switch (kind) {
    case 'boolValue':
    case 'stringValue':
      return value;
    case 'int64Value':
      if (!Number.isSafeInteger(Number(value))) throw new NotOurs('integers beyond 2^53');
      return Number(value);
    case 'listValue':
      return items(record(value)['values']).map(valueOf);
    case 'mapValue':
      return Object.assign(
        Object.create(null) as object,
        Object.fromEntries(
          items(record(value)['entries']).map((entry) => [valueOf(record(entry)['key']), valueOf(record(entry)['value'])]),
        ),
      );
    case 'objectValue': {
      const message = record(value);
      if (message['@type'] === 'type.googleapis.com/google.protobuf.Timestamp') return Date.parse(String(message['value']));
      if (message['@type'] === 'type.googleapis.com/google.protobuf.Duration')
        return Math.round(Number(String(message['value']).replace('s', '')) * 1000);
      throw new NotOurs('protobuf messages');
    }
    default:
      throw new NotOurs('doubles, unsigned integers, bytes, null and types as values');
  }
}

const mixed = 'values of different types together, which our checker refuses';

/** What a case needs that we do not have, from what we say of it. */
function featureOf(message: string, expr: string): string {
  const fn = /there is no function ([\w.]+)\(\)|\b(string|timestamp|duration)\(\) expects/.exec(message);
  if (fn) {
    const name = fn[1] ?? fn[2] ?? '';
    if (/^(int|uint|double|bytes|bool|string|timestamp|duration|dyn)$/.test(name)) return 'conversions between types, and dyn()';
    if (name === 'type') return 'type()';
    if (/^(optional|cel|proto|math|base64|strings|net|ip|cidr|isIP|isCIDR)/.test(name))
      return 'extension libraries and macros (cel.bind, math, optional, network, …)';
    return 'protobuf messages, enums and containers';
  }
  if (/Unexpected character: '\{'|got LBRACE/.test(message)) return 'protobuf messages, enums and containers';
  if (/Unexpected character: ['"]|[bB][rR]?['"]/.test(message)) return 'doubles, unsigned integers and bytes';
  if (message.includes('QUESTION')) return 'optional values';
  if (message.includes('map literals')) return 'map literals';
  if (message.includes('no null here')) return 'null';
  if (message.includes('whole numbers would be divided')) return 'division and remainder';
  if (message.includes('beyond 2^53')) return 'integers beyond 2^53';
  if (message.includes('only whole numbers, texts')) return 'doubles, unsigned integers and bytes';
  if (message.includes('optional')) return 'optional values';
  if (/write \w+\(item, condition\)/.test(message)) return 'macros with two variables';
  if (message.includes('there is no variable') && /TestAllTypes|google\.|Enum|proto/.test(expr))
    return 'protobuf messages, enums and containers';
  if (message.includes('has no method')) return 'other methods of texts, lists and times';
  if (/elements differ|branches differ|is not possible|expected|must have the same type|cannot be compared|cannot hold/.test(message))
    return mixed;
  return 'other syntax, names and types';
}

export function runConformance(): Conformance {
  const unsupported = new Map<string, number>();
  const erred: CaseResult[] = [];
  const wrong: CaseResult[] = [];
  let total = 0;
  let passed = 0;
  const visit = (suite: Suite, path: string): void => {
    for (const inner of suite.suites ?? []) visit(inner, path === '' ? inner.name : `${path}/${inner.name}`);
    for (const { original } of suite.tests ?? []) {
      total += 1;
      const outcome = runCase(original);
      if ('feature' in outcome) unsupported.set(outcome.feature, (unsupported.get(outcome.feature) ?? 0) + 1);
      else if (outcome.actual === outcome.expected) passed += 1;
      else
        (outcome.actual === 'error' ? erred : wrong).push({
          suite: path,
          name: typeof original['name'] === 'string' ? original['name'] : '',
          expr: original.expr,
          ...outcome,
        });
    }
  };
  visit(conformance, '');
  return { total, supported: passed + erred.length + wrong.length, passed, erred, wrong, unsupported };
}

function runCase(
  test: Json & { readonly expr: string },
): { readonly feature: string } | { readonly expected: string; readonly actual: string } {
  try {
    const variables: VariableTypes = new Map(
      items(test['typeEnv']).map(
        (declared) => [String(record(declared)['name']), typeOf(record(record(declared)['ident'])['type'])] as const,
      ),
    );
    const parsed = createParser(variables).parse(test.expr);
    if ('problem' in parsed) {
      const feature = featureOf(parsed.problem.message, test.expr);
      return {
        feature: 'evalError' in test && feature === mixed ? 'nothing: an error in CEL, and an error when the policy loads' : feature,
      };
    }
    if (typeof test['container'] === 'string' && test['container'] !== '') return { feature: 'protobuf messages, enums and containers' };
    const { deducedType } = record(test['typedResult']);
    if (deducedType !== undefined) return { expected: celTypeName(typeOf(deducedType)), actual: celTypeName(parsed.type) };
    const bindings = record(test['bindings']);
    const names = [...variables.keys()];
    const slots = names.map((name) => (bindings[name] === undefined ? undefined : valueOf(record(bindings[name])['value'])));
    const expected = 'evalError' in test ? 'error' : 'value' in test ? JSON.stringify(valueOf(test['value'])) : 'true';
    const actual = compile(parsed.expression, new Map(names.map((name, index) => [name, index])))({ slots, steps: 100_000 });
    return { expected, actual: isOpen(actual) ? 'error' : JSON.stringify(actual) };
  } catch (error) {
    if (error instanceof NotOurs) return { feature: error.message };
    if (error instanceof Error && /declaration|registered|at least two|Invalid/i.test(error.message))
      return { feature: 'other syntax, names and types' };
    throw error;
  }
}
