import type { Finding } from '../src/model/finding.ts';
import type { ScanResult } from '../src/model/scan-result.ts';

/**
 * A result of so many findings that fail or are unknown, made of one that a scan wrote: each copy is a resource of its own, spread over
 * 15 accounts, which one SARIF file can hold. What passes is left out: `--detail failing` is what reports of so many findings are made of.
 */
export function makeResult(base: ScanResult, count: number): ScanResult {
  const seeds = base.findings.filter(({ status }) => status === 'fail' || status === 'unknown');
  const findings = Array.from({ length: count }, (_, index) => copy(seeds[index % seeds.length], index));
  const scopes = base.scopes.flatMap((scope) =>
    accounts.map((account) => ({ ...scope, id: moved(scope.id, account), ...(scope.account === undefined ? {} : { account }) })),
  );
  const unknown = findings.filter(({ status }) => status === 'unknown').length;
  const counts = { ...base.summary.findings, fail: count - unknown, unknown };
  return { ...base, scopes: unique(scopes), findings, summary: { ...base.summary, findings: counts } };
}

const accounts = Array.from({ length: 15 }, (_, index) => String(100_000_000_000 + index));

const moved = (text: string, account: string): string => text.replaceAll(/\b\d{12}\b/g, account);

function copy(seed: Finding | undefined, index: number): Finding {
  if (seed === undefined) throw new Error('the result has nothing that fails');
  const account = accounts[index % accounts.length] ?? '';
  const { resource } = seed;
  const name = `${resource.name}-${index}`;
  return {
    ...seed,
    id: `f1_${index.toString(16).padStart(32, '0')}`,
    scope: moved(seed.scope, account),
    resource: {
      ...resource,
      name,
      address: `${moved(resource.address, account)}-${index}`,
      ...(resource.account === undefined ? {} : { account }),
    },
  };
}

function unique<T extends { readonly id: string }>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [one.id, one])).values()];
}
