import { fileURLToPath } from 'node:url';
import type { AccountFixture } from '../../src/endpoint/account-fixture.ts';
import type { Fault } from '../../src/endpoint/fault.ts';
import { startEndpoint } from '../../src/endpoint/index.ts';
import { sampleAccounts, samplePartnerRole } from '../../src/endpoint/sample-account.ts';
import type { SelectedPolicy } from '../../src/model/policy.ts';
import type { Collection } from '../../src/model/resource.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { loadPolicies } from '../../src/policy/load-policies.ts';
import { everything, selectPolicies } from '../../src/policy/select-policies.ts';
import { needsOf, scan } from '../../src/scan.ts';
import { collectAws, type AwsContext, type AwsOptions } from '../../src/sources/aws/index.ts';
import { fastTuning } from '../sources/aws/fake-time.ts';

const policyFolder = fileURLToPath(new URL('../../policies', import.meta.url));
const { policies } = loadPolicies([policyFolder], { builtin: true });

/** The clock of every scan, endpoint and sample account here. */
export const scanTime = Date.UTC(2026, 10, 20, 12);

/** The built-in pack, or the policies of these ids. */
export function pack(...ids: readonly string[]): readonly SelectedPolicy[] {
  return selectPolicies(policies, { ...everything, ids });
}

export interface EndpointScan {
  readonly accounts: readonly AccountFixture[];
  readonly selected: readonly SelectedPolicy[];
  readonly faults: readonly Fault[];
  readonly options: Partial<AwsOptions>;
  readonly tuning: NonNullable<AwsContext['tuning']>;
  readonly signal: AbortSignal;
  readonly onProgress: AwsContext['onProgress'];
}

export interface Scanned {
  readonly collection: Collection;
  readonly result: ScanResult;
  /** How often each operation was asked for. */
  readonly calls: Readonly<Record<string, number>>;
}

/** Scans an endpoint of its own, without any waiting; the sample accounts by default, both of them, in one region. */
export async function scanEndpoint(changes: Partial<EndpointScan> = {}): Promise<Scanned> {
  const {
    accounts = sampleAccounts(scanTime),
    selected = pack(),
    faults = [],
    options = bothSampleAccounts,
    signal = new AbortController().signal,
  } = changes;
  const endpoint = await startEndpoint({ accounts, faults, clock: () => scanTime });
  try {
    const collection = await collectAws(
      {
        regions: ['us-east-1'],
        ...{ roleArns: [], withCaller: false, inspectValues: false, allKeys: false },
        endpoint: endpoint.url,
        credentials: { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE-EXAMPLE' },
        ...options,
      },
      {
        needs: needsOf(selected),
        now: scanTime,
        signal,
        onProgress: changes.onProgress ?? (() => undefined),
        tuning: fastTuning({ wallClock: () => scanTime, ...changes.tuning }),
      },
    );
    return { collection, result: judge(collection, selected), calls: endpoint.calls() };
  } finally {
    await endpoint.close();
  }
}

/** The caller's own account and that of its partner, with everything that a flag can add. */
export const bothSampleAccounts: Partial<AwsOptions> = {
  roleArns: [samplePartnerRole.arn],
  externalId: samplePartnerRole.externalId,
  withCaller: true,
  inspectValues: true,
  allKeys: true,
};

/** The result of a collection, with a fixed clock and all findings. */
function judge(collection: Collection, selected: readonly SelectedPolicy[] = pack()): ScanResult {
  return scan(collection, selected, {
    now: scanTime,
    detail: 'all',
    toolVersion: '0.0.0',
    failOn: 'low',
    failOnUnknown: 'low',
    clock: { kind: 'fixed' },
  });
}
