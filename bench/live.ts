import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { everything, selectPolicies } from '../src/policy/select-policies.ts';
import { loadPolicies } from '../src/policy/load-policies.ts';
import { evaluate } from '../src/engine/evaluate.ts';
import { needsOf } from '../src/scan.ts';
import { collectAws } from '../src/sources/aws/index.ts';
import { operationRates, serviceOf, type Operation } from '../src/sources/aws/operations.ts';
import { defaultTuning } from '../src/sources/aws/tuning.ts';
import { countOf, expectedCalls } from './call-formula.ts';
import { minimum, type Measurement } from './measure.ts';

/** The run is scaled down in time: rates as many times higher, latency as many times lower. */
const scale = 20;
const latencyMs = 50;
const sizes = { secrets: 10_000, parameters: 20_000, roles: 500, keys: 40 };

/** A live scan of a large account, served by the embedded endpoint in a process of its own. */
export async function liveBench(): Promise<readonly Measurement[]> {
  const now = Date.now();
  const argument = JSON.stringify({ ...sizes, latencyMs: latencyMs / scale, now });
  const server = spawn(process.execPath, [resolve('scripts/run-ts.mjs'), 'bench/serve-large.ts', argument], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout });
  const next = async (): Promise<unknown> => JSON.parse(String((await once(lines, 'line'))[0]));
  try {
    const { url } = (await next()) as { url: string };
    const { policies } = loadPolicies(['policies'], { builtin: true });
    const selected = selectPolicies(policies, everything);
    const rates = Object.fromEntries(
      Object.entries(operationRates).map(([operation, rate]) => [operation, rate * scale]),
    ) as typeof operationRates;

    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    const collection = await collectAws(
      {
        regions: ['us-east-1'],
        ...{ roleArns: [], withCaller: false, inspectValues: false, allKeys: false },
        endpoint: url,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE-EXAMPLE' },
      },
      { needs: needsOf(selected), now, signal: new AbortController().signal, onProgress: () => undefined, tuning: { rates } },
    );
    const wall = performance.now() - startedAt;
    const cpu = process.cpuUsage(cpuBefore);
    server.stdin.write('\n');
    const calls = (await next()) as Readonly<Record<string, number>>;
    const judging = minimum(() => evaluate(collection, selected, { now, detail: 'failing' }), 3);
    const whole = minimum(() => evaluate(collection, selected, { now, detail: 'all' }), 3);
    const { counts } = evaluate(collection, selected, { now, detail: 'failing' });
    const findings = [...counts.values()].flatMap((count) => Object.values(count)).reduce((sum, count) => sum + count, 0);

    const resources = collection.scopes.flatMap((scope) => scope.resources);
    const expected = expectedCalls({
      secrets: countOf(resources, 'AWS::SecretsManager::Secret'),
      secretsWithPolicyCall: countOf(resources, 'AWS::SecretsManager::Secret'),
      ambiguousSecrets: calls['secretsmanager:ListSecretVersionIds'] ?? 0,
      rotationFunctions: calls['lambda:GetPolicy'] ?? 0,
      parameters: countOf(resources, 'AWS::SSM::Parameter'),
      keysInUse: countOf(resources, 'AWS::KMS::Key'),
      iamEntries: countOf(resources, 'AWS::IAM::Role') + countOf(resources, 'AWS::IAM::ManagedPolicy'),
    });
    const bound = lowerBound(calls);
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    const expectedTotal = Object.values(expected).reduce((sum, count) => sum + count, 0);
    return [
      {
        name: `live: ${sizes.secrets} secrets, ${sizes.parameters} parameters, ${sizes.roles} roles, ${latencyMs} ms latency (time scaled ${scale} times)`,
        figures: {
          'API calls': total,
          'API calls by the formula': expectedTotal,
          'wall time / lower bound': wall / bound,
          'CPU / wall time': (cpu.user + cpu.system) / 1000 / wall,
          'peak memory, MiB': Math.round(process.resourceUsage().maxRSS / 1024),
          'value-reading calls': Object.keys(calls).filter((operation) => /Value|GetParameter/.test(operation)).length,
        },
        goal: 'calls equal the formula; wall time ≤ 1.3 × lower bound',
        met: total === expectedTotal && wall / bound <= 1.3,
      },
      {
        name: 'judging that account by the built-in pack',
        figures: {
          'verdicts (resource × policy)': findings,
          'verdicts a second': Math.round(findings / (judging / 1000)),
          'the same with all findings kept': Math.round(findings / (whole / 1000)),
          'judging / reading': judging / wall,
        },
      },
    ];
  } finally {
    server.stdin.end();
    server.kill();
  }
}

/** Milliseconds below which no client can be: the longest chain of pages, calls over concurrency, calls over the rate. */
function lowerBound(calls: Readonly<Record<string, number>>): number {
  const latency = latencyMs / scale;
  const operations = Object.entries(calls) as [Operation, number][];
  const chain = (operation: string): number => (calls[operation] ?? 0) * latency;
  const chains = ['secretsmanager:ListSecrets', 'ssm:DescribeParameters', 'iam:GetAccountAuthorizationDetails'].map(chain);
  const byService = new Map<string, number>();
  for (const [operation, count] of operations) byService.set(serviceOf(operation), (byService.get(serviceOf(operation)) ?? 0) + count);
  const byConcurrency = [...byService.values()].map((count) => (count * latency) / defaultTuning.concurrency);
  const byRate = operations.map(([operation, count]) => (count / (operationRates[operation] * scale)) * 1000);
  return Math.max(...chains, ...byConcurrency, ...byRate);
}
