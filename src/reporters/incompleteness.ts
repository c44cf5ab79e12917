import type { Finding } from '../model/finding.ts';
import type { ScopeResult } from '../model/scan-result.ts';
import type { UnknownReason } from '../model/unknown.ts';

/** One cause for which verdicts are missing, over all the places where it struck. */
export interface Incompleteness {
  /** `gap`: resources could not be listed, so that some may be missing altogether. `unknown`: they were, but not all about them. */
  readonly kind: 'gap' | 'unknown';
  /** IAM action that would have answered; undefined for what no call answers, such as a value known after apply. */
  readonly action?: string;
  readonly reason: UnknownReason;
  /** Gap: failed calls. Unknown: resources with at least one unknown finding for it. */
  readonly count: number;
  /** Gap: resource types that may be missing. */
  readonly types: readonly string[];
  /** Regions by account, or no regions by scope of infrastructure code (`terraform/infra`), both in the order found. */
  readonly places: ReadonlyMap<string, ReadonlySet<string>>;
  /** What to do about it. */
  readonly advice: string;
}

interface Draft {
  kind: 'gap' | 'unknown';
  action: string | undefined;
  reason: UnknownReason;
  advice: string;
  calls: number;
  readonly addresses: Set<string>;
  readonly types: Set<string>;
  readonly places: Map<string, Set<string>>;
}

/** The causes behind unknown findings and the gaps that are not waived, gaps first, in order of action and reason. */
export function gatherIncompleteness(scopes: readonly ScopeResult[], findings: readonly Finding[]): readonly Incompleteness[] {
  const drafts = new Map<string, Draft>();
  const draft = (kind: Draft['kind'], action: string | undefined, reason: UnknownReason, advice: string): Draft => {
    const key = JSON.stringify([kind, action ?? '', reason, advice]);
    const made = drafts.get(key) ?? { kind, action, reason, advice, calls: 0, addresses: new Set(), types: new Set(), places: new Map() };
    drafts.set(key, made);
    return made;
  };
  const code = new Set(scopes.filter(({ source }) => source !== 'aws').map(({ id }) => id));
  for (const { id, account, region, gaps } of scopes) {
    for (const gap of gaps) {
      if (gap.waiver !== undefined) continue;
      const into = draft('gap', gap.action, gap.reason, gap.hint);
      into.calls += gap.count;
      for (const type of gap.types) into.types.add(type);
      if (code.has(id)) addPlace(into.places, id);
      else addPlace(into.places, account, region);
    }
  }
  for (const finding of findings) {
    if (finding.status !== 'unknown') continue;
    for (const { action, reason } of finding.unknown) {
      const into = draft('unknown', action, reason, adviceFor(reason, action));
      into.addresses.add(JSON.stringify([finding.scope, finding.resource.address]));
      // What code says of account and region may not be known, and is not where the input is.
      if (code.has(finding.scope)) addPlace(into.places, finding.scope);
      else addPlace(into.places, finding.resource.account, finding.resource.region);
    }
  }
  return [...drafts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { kind, action, reason, advice, calls, addresses, types, places }]) => ({
      kind,
      ...(action === undefined ? {} : { action }),
      reason,
      count: kind === 'gap' ? calls : addresses.size,
      types: [...types].sort(),
      places,
      advice,
    }));
}

function addPlace(places: Map<string, Set<string>>, account = '', region?: string): void {
  const regions = places.get(account) ?? new Set();
  places.set(account, regions);
  if (region !== undefined) regions.add(region);
}

function adviceFor(reason: UnknownReason, action: string | undefined): string {
  switch (reason) {
    case 'access-denied': {
      const kms = action?.startsWith('kms:') === true ? ' (key policies must allow it too)' : '';
      return `Grant ${action ?? 'the action'} to the scanning role${kms}; \`sealcheck permissions\` prints the whole policy.`;
    }
    case 'throttled':
      return 'Run again at a quieter time.';
    case 'timeout':
    case 'request-failed':
    case 'malformed-response':
      return 'Check the network and any proxy in between, and run again.';
    case 'known-after-apply':
      return 'AWS chooses the value at apply: judge it afterwards with a live scan.';
    case 'unresolved-reference':
      return 'Give the parameter or variable a value; the .tf files beside a plan (`--source DIR`) let more be decided. Else judge it after deployment with a live scan.';
    case 'partial-input':
      return 'Scan the whole input, such as a plan made without -target.';
    case 'not-collected':
      return 'This run did not collect it; the finding says why.';
    case 'not-in-source':
      return 'Only a live account can tell: scan with --aws.';
    case 'policy-error':
      return 'Mend the policy: `sealcheck test` shows the error.';
    default:
      return reason satisfies never;
  }
}
