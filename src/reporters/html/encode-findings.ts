import { findingStates, planEffects, statuses, type Finding } from '../../model/finding.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { severities } from '../../model/severity.ts';
import { isHashKey } from '../hash-key.ts';
import { columnNames, type ColumnName, type DetailData, type ReportData } from './report-data.ts';

/** The findings as columns of numbers, so that 25,000 of them take little of a file that people send to each other. */
export function encodeFindings({ run, scopes, policies, findings }: ScanResult): ReportData {
  const strings = interner<string>((text) => text);
  const tagSets = interner<{ readonly [key: string]: string }>(JSON.stringify);
  const details = interner<DetailData>(JSON.stringify);
  const policyAt = placesOf(policies);
  const scopeAt = placesOf(scopes);
  const columns = Object.fromEntries(columnNames.map((name) => [name, [] as number[]])) as { [name in ColumnName]: number[] };
  for (const finding of findings) {
    const { resource } = finding;
    columns.status.push(statuses.indexOf(finding.status));
    columns.severity.push(severities.indexOf(finding.severity));
    columns.state.push(finding.state === undefined ? -1 : findingStates.indexOf(finding.state));
    columns.plan.push(finding.plan === undefined ? -1 : planEffects.indexOf(finding.plan));
    columns.policy.push(policyAt.get(finding.policyId) ?? -1);
    columns.scope.push(scopeAt.get(finding.scope) ?? -1);
    columns.tags.push(tagSets.place(resource.tags));
    columns.detail.push(details.place(detailOf(finding)));
    columns.type.push(strings.place(resource.type));
    columns.account.push(strings.place(resource.account));
    columns.region.push(strings.place(resource.region));
    columns.name.push(strings.place(resource.name));
    columns.address.push(strings.place(resource.address));
    columns.message.push(strings.place(messageOf(finding)));
    columns.item.push(strings.place(finding.itemKey === undefined || isHashKey(finding.itemKey) ? undefined : finding.itemKey));
  }
  return {
    runId: run.id,
    asOf: run.asOf,
    strings: strings.all,
    policies: policies.map(({ id, title, severity, description, controls, remediation }) => ({
      id,
      title,
      severity,
      description,
      controls,
      remediation,
    })),
    scopes: scopes.map(({ id, source }) => ({ id, source })),
    tagSets: tagSets.all,
    details: details.all,
    ids: findings.map(({ id }) => id),
    columns,
  };
}

interface Interner<T> {
  readonly all: T[];
  readonly place: (value: T | undefined) => number;
}

function interner<T>(keyOf: (value: T) => string): Interner<T> {
  const all: T[] = [];
  const places = new Map<string, number>();
  return {
    all,
    place: (value) => {
      if (value === undefined) return -1;
      const key = keyOf(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, all.length);
      return all.push(value) - 1;
    },
  };
}

function placesOf(list: readonly { readonly id: string }[]): ReadonlyMap<string, number> {
  return new Map(list.map(({ id }, index) => [id, index]));
}

function messageOf(finding: Finding): string | undefined {
  switch (finding.status) {
    case 'pass':
      return undefined;
    case 'not_applicable':
      return finding.reason;
    case 'fail':
    case 'unknown':
    case 'waived':
      return finding.message;
  }
}

function detailOf(finding: Finding): DetailData | undefined {
  const detail: DetailData = {
    ...('evidence' in finding && finding.evidence.length > 0 ? { evidence: finding.evidence } : {}),
    ...('unknown' in finding && finding.unknown !== undefined ? { unknown: finding.unknown } : {}),
    ...('waiver' in finding ? { waiver: finding.waiver } : {}),
    ...(finding.expiredWaiver === undefined ? {} : { expiredWaiver: finding.expiredWaiver }),
    ...(finding.location === undefined ? {} : { location: finding.location }),
    ...(finding.resource.change === undefined ? {} : { change: finding.resource.change }),
    ...(finding.firstSeen === undefined ? {} : { firstSeen: finding.firstSeen }),
    ...(finding.lastSeen === undefined ? {} : { lastSeen: finding.lastSeen }),
    ...(finding.dueAt === undefined ? {} : { dueAt: finding.dueAt }),
  };
  return Object.keys(detail).length === 0 ? undefined : detail;
}
