import { Environment } from '@marcbachmann/cel-js';
import { Duration } from '@marcbachmann/cel-js/evaluator';
import { compile } from '../src/expressions/compile.ts';
import { slotCount } from '../src/expressions/compile-comprehension.ts';
import { createParser } from '../src/expressions/parse-expression.ts';
import { bool, int, list, map, object, optional, required, string, timestamp } from '../src/resources/shape.ts';
import { minimum, type Measurement } from './measure.ts';

const resourceShape = object('BenchResource', {
  name: required(string, ''),
  tags: required(map(string), ''),
  kmsKeyId: optional(string, ''),
  lastRotated: required(timestamp, ''),
  rotation: required(object('BenchRotation', { enabled: required(bool, ''), intervalDays: required(int, '') }), ''),
  statements: required(list(object('BenchStatement', { effect: required(string, ''), actions: required(list(string), '') })), ''),
});

interface BenchResource {
  readonly name: string;
  readonly tags: { readonly [key: string]: string };
  readonly kmsKeyId?: string;
  readonly lastRotated: number;
  readonly rotation: { readonly enabled: boolean; readonly intervalDays: number };
  readonly statements: readonly { readonly effect: string; readonly actions: readonly string[] }[];
}

const now = Date.UTC(2026, 0, 1);
const day = 86_400_000;

const resources: readonly BenchResource[] = Array.from({ length: 10_000 }, (_, index) => ({
  name: `prod/${index}`,
  tags: { team: `t${index % 7}` },
  ...(index % 3 === 0 ? { kmsKeyId: 'alias/example' } : {}),
  lastRotated: now - (index % 200) * day,
  rotation: { enabled: index % 5 !== 0, intervalDays: index % 120 },
  statements: Array.from({ length: 4 }, (_unused, statement) => ({
    effect: statement === 3 ? 'Deny' : 'Allow',
    actions: ['s3:GetObject', 'logs:PutLogEvents', index % 9 === statement ? 'secretsmanager:*' : 'kms:Decrypt'],
  })),
}));

interface Condition {
  readonly name: string;
  readonly goal: number;
  readonly expression: string;
  readonly byHand: (resource: BenchResource, maxDays: number) => boolean;
}

const conditions: readonly Condition[] = [
  {
    name: 'scalar: rotation enabled and interval within the limit',
    goal: 30,
    expression: 'resource.rotation.enabled && resource.rotation.intervalDays <= params.maxDays',
    byHand: (resource, maxDays) => resource.rotation.enabled && resource.rotation.intervalDays <= maxDays,
  },
  {
    name: 'scalar: an optional attribute',
    goal: 30,
    expression: "has(resource.kmsKeyId) && resource.kmsKeyId == 'alias/example'",
    byHand: (resource) => resource.kmsKeyId !== undefined && resource.kmsKeyId === 'alias/example',
  },
  {
    name: 'scalar: age against a limit',
    goal: 30,
    expression: 'now - resource.lastRotated <= days(params.maxDays)',
    byHand: (resource, maxDays) => now - resource.lastRotated <= maxDays * day,
  },
  {
    name: 'nested exists over statements and actions',
    goal: 15,
    expression: "resource.statements.exists(s, s.effect == 'Allow' && s.actions.exists(a, a.startsWith('secretsmanager:')))",
    byHand: (resource) => resource.statements.some((s) => s.effect === 'Allow' && s.actions.some((a) => a.startsWith('secretsmanager:'))),
  },
];

/** Our evaluator beside JavaScript written by hand and the CEL library's own evaluator, over 10,000 resources. */
export function evaluationBench(): readonly Measurement[] {
  const paramsShape = object('BenchParams', { maxDays: required(int, '') });
  const parser = createParser(
    new Map<string, Parameters<typeof createParser>[0] extends ReadonlyMap<string, infer T> ? T : never>([
      ['resource', resourceShape],
      ['params', paramsShape],
      ['now', timestamp],
    ]),
  );
  return conditions.map(({ name, goal, expression, byHand }) => {
    const parsed = parser.parse(expression);
    if ('problem' in parsed) throw new Error(`${expression}: ${parsed.problem.message}`);
    const layout = new Map([
      ['resource', 0],
      ['params', 1],
      ['now', 2],
    ]);
    const evaluate = compile(parsed.expression, layout);
    const frame = { slots: new Array<unknown>(slotCount), steps: Number.MAX_SAFE_INTEGER };
    frame.slots[1] = { maxDays: 90 };
    frame.slots[2] = now;
    const ours = (): number => {
      let held = 0;
      for (const resource of resources) {
        frame.slots[0] = resource;
        if (evaluate(frame) === true) held += 1;
      }
      return held;
    };
    // The limit comes from a variable, so that the engine cannot fold it into the loop.
    const limits = [90];
    const hand = (): number => {
      let held = 0;
      for (const resource of resources) if (byHand(resource, limits[0] ?? 0)) held += 1;
      return held;
    };
    const library = libraryEvaluator(expression);
    if (ours() !== hand() || library() !== hand()) throw new Error(`${expression}: the three do not agree`);
    const times = { ours: minimum(ours, 20), hand: minimum(hand, 20), library: minimum(library, 5) };
    return {
      name,
      figures: {
        'evaluations a second': Math.round(resources.length / (times.ours / 1000)),
        'ours / by hand': times.ours / times.hand,
        'cel-js / by hand': times.library / times.hand,
        'cel-js / ours': times.library / times.ours,
      },
      goal: `ours / by hand ≤ ${goal}`,
      met: times.ours / times.hand <= goal,
    };
  });
}

function libraryEvaluator(expression: string): () => number {
  const environment = new Environment({ unlistedVariablesAreDyn: true });
  environment.registerFunction('days(int): google.protobuf.Duration', (count: bigint) => new Duration(BigInt(count) * 86_400n));
  const evaluate = environment.parse(expression);
  const converted = resources.map((resource) => ({
    ...resource,
    lastRotated: new Date(resource.lastRotated),
    rotation: { ...resource.rotation, intervalDays: BigInt(resource.rotation.intervalDays) },
  }));
  const context = { resource: converted[0], params: { maxDays: 90n }, now: new Date(now) };
  return () => {
    let held = 0;
    for (const resource of converted) {
      context.resource = resource;
      if (evaluate(context) === true) held += 1;
    }
    return held;
  };
}
