import { fileURLToPath } from 'node:url';
import type { Collection } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { everything, selectPolicies } from '../../src/policy/select-policies.ts';
import { needsOf, scan } from '../../src/scan.ts';
import { collectAws, type AwsOptions } from '../../src/sources/aws/index.ts';
import { fastTuning } from '../sources/aws/fake-time.ts';
import { motoCredentials } from './seed/moto-clients.ts';

const policyFolder = fileURLToPath(new URL('../../policies', import.meta.url));

/** The built-in pack, with its default params. */
export const pack = selectPolicies(loadPolicies([policyFolder], { builtin: true }).policies, everything);

/** Both regions of the caller's own account, every key, values classified. The credentials suit moto and the embedded endpoint. */
export function optionsFor(url: string, changes: Partial<AwsOptions> = {}): AwsOptions {
  return {
    regions: ['us-east-1', 'eu-west-1'],
    roleArns: [],
    withCaller: true,
    inspectValues: true,
    allKeys: true,
    endpoint: url,
    credentials: motoCredentials,
    ...changes,
  };
}

/** Collects what the built-in pack reads, or what else is needed. */
export async function collect(options: AwsOptions, needs = needsOf(pack)): Promise<Collection> {
  // moto takes seconds for the first call of a service.
  const tuning = fastTuning({ requestTimeoutMs: 20_000, attempts: 2 });
  return await collectAws(options, { needs, now: Date.now(), signal: new AbortController().signal, onProgress: () => undefined, tuning });
}

/** Judges a collection by the built-in pack, at a time (epoch milliseconds). */
export function judge(collection: Collection, now: number): ScanResult {
  const clock = { kind: 'fixed' } as const;
  return scan(collection, pack, { now, detail: 'all', toolVersion: '0.0.0', failOn: 'low', failOnUnknown: 'low', clock });
}
