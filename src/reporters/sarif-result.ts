import type { Finding } from '../model/finding.ts';
import type { PolicyResult } from '../model/scan-result.ts';
import type { WaiverNote } from '../model/waiver.ts';
import type { SarifOptions } from './reporter.ts';
import { safeText } from './safe-text.ts';
import type { SarifCategory } from './sarif-category.ts';
import { cutText, sarifLimits } from './sarif-limits.ts';
import { addressLocation, fileLocation, liveLocation } from './sarif-location.ts';
import type { SarifLogicalLocation, SarifPhysicalLocation, SarifResult, SarifSuppression } from './sarif-log.ts';
import { sarifLevel, sarifRank } from './sarif-rule.ts';

/** A finding that SARIF shows. Pass and not_applicable never are: any result is an open alert on GitHub. */
type ShownFinding = Exclude<Finding, { readonly status: 'pass' | 'not_applicable' }>;

/** A policy and its place in the rules of the run. */
export interface IndexedPolicy {
  readonly policy: PolicyResult;
  readonly ruleIndex: number;
}

export interface ResultOptions extends SarifOptions {
  /** Whether the run was compared with a baseline. */
  readonly compared: boolean;
}

/** Findings that GitHub would take for one alert, and so are one result: never empty, open ones only if there are any. */
type Group = readonly [ShownFinding, ...ShownFinding[]];

const mostNamed = 10;

/** The results of a category, in the order of its findings. */
export function sarifResults(
  category: SarifCategory,
  policies: ReadonlyMap<string, IndexedPolicy>,
  options: ResultOptions,
): readonly SarifResult[] {
  const shown = category.findings.filter((finding): finding is ShownFinding => isShown(finding, options));
  const taken = new Set<string>();
  return groupFindings(shown, category.live, options).map((group) => {
    const indexed = policies.get(group[0].policyId);
    if (!indexed) throw new Error(`finding ${group[0].id} is of the policy ${group[0].policyId}, which the result does not describe`);
    return sarifResult(group, indexed, category, options, taken);
  });
}

function isShown(finding: Finding, { unknown, waived }: SarifOptions): boolean {
  switch (finding.status) {
    case 'fail':
      return true;
    case 'unknown':
      return unknown === 'all';
    case 'waived':
      return waived === 'include';
    case 'pass':
    case 'not_applicable':
      return false;
    default:
      return finding satisfies never;
  }
}

/**
 * GitHub tells alerts apart by rule, file and line hash, so the instances of one block (`count`, `for_each`) are one alert
 * whatever we write: we make them one result that lists them, and none is lost. GitLab does not look at the hash, so that the items of
 * a resource that has no lines are one too.
 */
function groupFindings(findings: readonly ShownFinding[], live: boolean, { profile }: SarifOptions): readonly Group[] {
  const groups = new Map<string, [ShownFinding, ...ShownFinding[]]>();
  for (const finding of findings) {
    const { location, policyId, id, resource } = finding;
    const place = live ? liveLocation(resource).artifactLocation.uri : resource.address;
    const own = profile === 'gitlab' ? JSON.stringify([policyId, place]) : id;
    const key = live || location === undefined ? own : JSON.stringify([policyId, location.file, location.startLine]);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].map((group) => {
    const [first, ...more] = group.filter(({ status }) => status !== 'waived');
    return first ? [first, ...more] : group;
  });
}

function sarifResult(
  group: Group,
  { policy, ruleIndex }: IndexedPolicy,
  category: SarifCategory,
  options: ResultOptions,
  taken: Set<string>,
): SarifResult {
  const [first] = group;
  const worst = group.find(isVerified) ?? first;
  const verified = isVerified(worst);
  const place = placeOf(first, category);
  return {
    ruleId: policy.id,
    ruleIndex,
    // SARIF would have an unknown be kind `open`, but then its level must be `none`, and nobody shows it.
    kind: 'fail',
    level: verified ? sarifLevel(policy.severity) : 'note',
    ...(options.profile === 'gitlab' ? { rank: sarifRank(policy.severity) } : {}),
    message: { text: messageText(group, policy, verified, category.live) },
    locations: [{ physicalLocation: place, logicalLocations: logicalLocations(group, category) }],
    ...relatedLocations(first, category),
    partialFingerprints: {
      primaryLocationLineHash: lineHash(first, policy.id, place, category.live, taken),
      'sealcheck/v1': first.id,
    },
    ...suppressionsOf(group, options),
    ...(options.compared
      ? { baselineState: group.some(({ state }) => state === 'new' || state === 'reopened') ? ('new' as const) : ('unchanged' as const) }
      : {}),
    properties: propertiesOf(group, worst),
  };
}

/** Of the instances of a block, one that fails is worse than one that could not be judged. */
function isVerified(finding: ShownFinding): boolean {
  return finding.status === 'fail' || (finding.status === 'waived' && finding.unknown === undefined);
}

function placeOf({ location, resource }: ShownFinding, { live, scopes }: SarifCategory): SarifPhysicalLocation {
  if (live) return liveLocation(resource);
  if (location) return fileLocation(location);
  return addressLocation(scopes[0]?.source ?? '', scopes[0]?.root ?? '', resource.address);
}

/** Where the code that was given with a live account declares the resource. The alert stays where a run without code puts it. */
function relatedLocations({ location }: ShownFinding, { live }: SarifCategory): Pick<SarifResult, 'relatedLocations'> {
  if (!live || location === undefined) return {};
  return { relatedLocations: [{ id: 1, physicalLocation: fileLocation(location), message: { text: 'declared here' } }] };
}

/** What is at the place: the resources, and the block that contributes what is wrong with them where that is another. */
function logicalLocations(group: Group, { live }: SarifCategory): readonly SarifLogicalLocation[] {
  const [{ location }] = group;
  const addresses = group.slice(0, mostNamed).map(({ resource }) => resource.address);
  const block = live ? undefined : location?.address;
  const all = new Set(block === undefined ? addresses : [...addresses, block]);
  return [...all].map((address) => ({ fullyQualifiedName: address, kind: 'resource' }));
}

/** The only fingerprint GitHub reads. Two blocks whose source gave them the same hash must still be two alerts. */
function lineHash(
  { id, location }: ShownFinding,
  policyId: string,
  { artifactLocation }: SarifPhysicalLocation,
  live: boolean,
  taken: Set<string>,
): string {
  const own = `${id.replace(/^f1_/, '').slice(0, 16)}:1`;
  const hash = live ? undefined : location?.lineHash;
  const wanted = hash === undefined ? own : hash.includes(':') ? hash : `${hash}:1`;
  const key = (value: string): string => JSON.stringify([policyId, artifactLocation.uri, value]);
  const chosen = taken.has(key(wanted)) ? own : wanted;
  taken.add(key(chosen));
  return chosen;
}

/** Stable from run to run: no ages or counters, which the finding's own message may hold. Some tools tell findings apart by it. */
function messageText(group: Group, { title }: PolicyResult, verified: boolean, live: boolean): string {
  const names = group.map(
    ({ resource, itemKey }) => `${live ? resource.name : resource.address}${itemKey === undefined ? '' : ` (${itemKey})`}`,
  );
  const more = names.length > mostNamed ? ' and more' : '';
  const subject = safeText(`${names.slice(0, mostNamed).join(', ')}${more}`);
  const sentence = `${verified ? '' : 'Could not verify: '}${title.replace(/\.$/, '')}: ${subject}`;
  // `[text](1)` in a message is a link (SARIF 3.11.6); a backslash before the bracket makes it text.
  return cutText(sentence.includes('](') ? sentence.replaceAll('[', '\\[') : sentence, sarifLimits.message);
}

/** SARIF 3.27.23: either every result of a run says whether it is suppressed or none does. */
function suppressionsOf([first]: Group, { waived }: SarifOptions): { readonly suppressions?: readonly SarifSuppression[] } {
  if (waived === 'omit') return {};
  if (first.status !== 'waived') return { suppressions: [] };
  const kind = first.waiver.inline === true ? 'inSource' : 'external';
  return { suppressions: [{ kind, status: 'accepted', justification: justification(first.waiver) }] };
}

function justification({ id, reason, owner, expires, ticket }: WaiverNote): string {
  return `${reason} (waiver ${id}, owner ${owner}, expires ${expires}${ticket === undefined ? '' : `, ${ticket}`})`;
}

/** Of the worst of the group; the others are its instances. */
function propertiesOf(group: Group, worst: ShownFinding): SarifResult['properties'] {
  const { type, address, name, account, region, change } = worst.resource;
  const block = worst.location?.address;
  return {
    status: worst.status,
    message: worst.message,
    resource: {
      type,
      address,
      name,
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
      ...(change === undefined ? {} : { change }),
    },
    ...(worst.state === undefined ? {} : { state: worst.state }),
    ...(worst.firstSeen === undefined ? {} : { firstSeen: worst.firstSeen }),
    ...(worst.lastSeen === undefined ? {} : { lastSeen: worst.lastSeen }),
    ...(worst.dueAt === undefined ? {} : { dueAt: worst.dueAt }),
    ...(worst.plan === undefined ? {} : { plan: worst.plan }),
    ...(block === undefined || block === address ? {} : { block }),
    ...(worst.itemKey === undefined ? {} : { itemKey: worst.itemKey }),
    ...(worst.status === 'fail' || worst.unknown === undefined ? {} : { unknown: worst.unknown }),
    ...(group.length === 1
      ? {}
      : {
          instances: group.map(({ id, status, resource, itemKey }) => ({
            id,
            status,
            address: resource.address,
            ...(itemKey === undefined ? {} : { itemKey }),
          })),
        }),
  };
}
