import type { Finding } from '../../model/finding.ts';
import type { Redactable, ScanResult } from '../../model/scan-result.ts';
import { severities } from '../../model/severity.ts';
import { isHashKey } from '../hash-key.ts';
import { nameDictionary } from './name-dictionary.ts';
import { createPseudonyms, type Pseudonyms } from './pseudonyms.ts';
import { redactAccounts } from './redact-accounts.ts';
import { redactNames } from './redact-names.ts';

export interface Redaction {
  readonly what: readonly Redactable[];
  /** Secret. The same key gives the same pseudonyms from run to run, and so the same alerts. */
  readonly key: string;
}

/**
 * The result with pseudonyms in place of account ids, or names, or both; every reporter then renders it as it is. Ids of findings and
 * other hashes that hold either are replaced by keyed ones too, since whoever knows the tool could try accounts and names until they fit.
 *
 * account: every twelve digits that stand alone. name: names of resources and all that holds them (ARNs, addresses and files of code,
 * evidence), values of tags, params that are texts, owners and tickets; messages become the titles of their policies, and code and reasons
 * go. Severities, policies, regions, types, counts, times, keys of tags stay.
 */
export function redactResult(result: ScanResult, { what, key }: Redaction): ScanResult {
  if (what.length === 0) return result;
  const pseudonyms = createPseudonyms(key);
  const withoutAccounts = what.includes('account') ? redactAccounts(result, pseudonyms) : result;
  const rehashed = rehash(withoutAccounts, result, what.includes('name'), pseudonyms);
  const redacted = what.includes('name') ? redactNames(rehashed, nameDictionary(rehashed, pseudonyms)) : rehashed;
  const kinds = what.map((kind) => (kind === 'account' ? 'account ids' : 'names')).toSorted();
  return {
    ...redacted,
    run: {
      ...redacted.run,
      redacted: [...what].sort(),
      notes: [...redacted.run.notes, `${kinds.join(' and ')} are pseudonyms (--redact)`],
    },
    findings: redacted.findings.toSorted(compareFindings),
  };
}

/** Everything that was hashed of accounts or names without a key. */
function rehash(result: ScanResult, before: ScanResult, names: boolean, { hash, run: pseudonymOf }: Pseudonyms): ScanResult {
  const { run, findings } = result;
  const findingId = (id: string): string => `f1_${hash(id, 32)}`;
  const itemKey = (key: string): string => (isHashKey(key) ? key.replace(/^[0-9a-f]{12}/, (found) => hash(found, 12)) : key);
  return {
    ...result,
    run: {
      ...{ ...run, id: pseudonymOf(run.id) },
      ...(run.baseline === undefined
        ? {}
        : {
            baseline: {
              ...run.baseline,
              runId: pseudonymOf(run.baseline.runId),
              fixed: run.baseline.fixed.map((one) => ({
                ...{ ...one, id: findingId(one.id) },
                ...(one.itemKey === undefined ? {} : { itemKey: itemKey(one.itemKey) }),
              })),
            },
          }),
    },
    findings: findings.map((finding, index): Finding => {
      const { id, previousIds, location } = finding;
      // The hash of a line says what stands there to whoever has all of it but the name.
      const telling = names || before.findings[index]?.location?.frame?.text !== location?.frame?.text;
      return {
        ...{ ...finding, id: findingId(id) },
        ...(previousIds === undefined ? {} : { previousIds: previousIds.map(findingId) }),
        ...(finding.itemKey === undefined ? {} : { itemKey: itemKey(finding.itemKey) }),
        ...(telling && location?.lineHash !== undefined ? { location: { ...location, lineHash: `${hash(location.lineHash, 16)}:1` } } : {}),
      };
    }),
  };
}

/** As the engine sorts them, by what they are called now: the order would tell of the old names. */
function compareFindings(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    compare(a.policyId, b.policyId) ||
    compare(a.resource.address, b.resource.address) ||
    compare(a.itemKey ?? '', b.itemKey ?? '')
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
