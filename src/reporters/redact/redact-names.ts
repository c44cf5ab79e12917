import type { Finding, FindingResource, UnknownFact } from '../../model/finding.ts';
import type { SourceLocation } from '../../model/location.ts';
import type { ParamValues, PolicyOverride, ResourceMatch } from '../../model/policy.ts';
import type { Gap } from '../../model/resource.ts';
import type { PolicyResult, Run, ScanResult, ScopeResult } from '../../model/scan-result.ts';
import type { WaiverNote } from '../../model/waiver.ts';
import { isHashKey } from '../hash-key.ts';
import type { NameDictionary } from './name-dictionary.ts';
import { isPlainDetail, redactEvidence, redactUnknown, redactValue } from './redact-evidence.ts';

/** The result with pseudonyms for names. What people wrote freely is left out: a sentence cannot be searched for all that it may tell. */
export function redactNames(result: ScanResult, names: NameDictionary): ScanResult {
  const titles = new Map(result.policies.map(({ id, title }) => [id, title.replace(/\.$/, '')] as const));
  return {
    ...result,
    run: redactRun(result.run, names),
    scopes: result.scopes.map((scope) => redactScope(scope, names)),
    policies: result.policies.map((policy) => redactPolicy(policy, names)),
    findings: result.findings.map((finding) => redactFinding(finding, titles.get(finding.policyId) ?? finding.policyId, names)),
  };
}

function redactRun(run: Run, names: NameDictionary): Run {
  const { notes, baseline, waivers } = run;
  return {
    ...run,
    notes: notes.map(names.sentence),
    ...(baseline === undefined
      ? {}
      : {
          baseline: {
            ...baseline,
            fixed: baseline.fixed.map(({ address, name, itemKey, ...rest }) => ({
              ...{ ...rest, address: names.address(address), name: names.name(name) },
              ...(itemKey === undefined ? {} : { itemKey: redactItemKey(itemKey, names) }),
            })),
          },
        }),
    ...(waivers === undefined
      ? {}
      : {
          waivers: {
            ...waivers,
            waivers: waivers.waivers.map((one) => ({ ...one, ...redactWaiver(one, names), file: names.path(one.file) })),
          },
        }),
  };
}

function redactScope({ id, root, caller, gaps, ...rest }: ScopeResult, names: NameDictionary): ScopeResult {
  return {
    ...{ ...rest, id: names.scope(id) },
    ...(root === undefined ? {} : { root: names.path(root) }),
    ...(caller === undefined ? {} : { caller: names.address(caller) }),
    gaps: gaps.map((gap) => redactGap(gap, names)),
  };
}

function redactGap({ hint, detail, waiver, ...rest }: Gap, names: NameDictionary): Gap {
  return {
    ...{ ...rest, hint: names.sentence(hint) },
    ...(detail !== undefined && isPlainDetail(detail) ? { detail } : {}),
    ...(waiver === undefined ? {} : { waiver: redactWaiver(waiver, names) }),
  };
}

function redactPolicy({ params, off, overrides, ...rest }: PolicyResult, names: NameDictionary): PolicyResult {
  return {
    ...{ ...rest, params: redactParams(params, names) },
    ...(off === undefined ? {} : { off: names.sentence(off) }),
    ...(overrides === undefined ? {} : { overrides: overrides.map((one) => redactOverride(one, names)) }),
  };
}

/** A param may be a pattern of names, a list of trusted principals, words to look for. */
function redactParams(params: ParamValues, names: NameDictionary): ParamValues {
  return redactValue(params, names) as ParamValues;
}

function redactOverride({ match, at, setting }: PolicyOverride, names: NameDictionary): PolicyOverride {
  return {
    match: redactMatch(match, names),
    at: names.sentence(at),
    setting:
      setting.kind === 'off'
        ? { kind: 'off', reason: names.sentence(setting.reason) }
        : { kind: 'judged', params: redactParams(setting.params, names) },
  };
}

function redactMatch({ paths, tags, ...rest }: ResourceMatch, names: NameDictionary): ResourceMatch {
  return {
    ...rest,
    ...(paths === undefined ? {} : { paths: { patterns: paths.patterns.map(names.path), from: names.path(paths.from) } }),
    ...(tags === undefined ? {} : { tags: redactTags(tags, names) }),
  };
}

function redactTags(tags: { readonly [key: string]: string }, names: NameDictionary): { readonly [key: string]: string } {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, names.name(value)]));
}

function redactWaiver(note: WaiverNote, { name }: NameDictionary): WaiverNote {
  const { id, owner, expires, ticket, approvedBy, inline } = note;
  return {
    ...{ id: name(id), reason: 'redacted', owner: name(owner), expires },
    ...(ticket === undefined ? {} : { ticket: name(ticket) }),
    ...(approvedBy === undefined ? {} : { approvedBy: name(approvedBy) }),
    ...(inline === undefined ? {} : { inline }),
  };
}

function redactFinding(finding: Finding, title: string, names: NameDictionary): Finding {
  const { scope, resource, itemKey, location, expiredWaiver } = finding;
  const shared = {
    scope: names.scope(scope),
    resource: redactResource(resource, names),
    ...(itemKey === undefined ? {} : { itemKey: redactItemKey(itemKey, names) }),
    ...(location === undefined ? {} : { location: redactLocation(location, names) }),
    ...(expiredWaiver === undefined ? {} : { expiredWaiver: redactWaiver(expiredWaiver, names) }),
  };
  switch (finding.status) {
    case 'pass':
      return { ...finding, ...shared };
    case 'not_applicable':
      return { ...finding, ...shared, reason: names.sentence(finding.reason) };
    case 'fail':
      return { ...finding, ...shared, message: title, evidence: finding.evidence.map((one) => redactEvidence(one, names)) };
    case 'unknown': {
      const unknown = redactUnknowns(finding.unknown, names);
      return {
        ...finding,
        ...shared,
        message: notVerified(unknown[0]),
        unknown,
        evidence: finding.evidence.map((one) => redactEvidence(one, names)),
      };
    }
    case 'waived': {
      const unknown = finding.unknown && redactUnknowns(finding.unknown, names);
      return {
        ...{ ...finding, ...shared, message: unknown ? notVerified(unknown[0]) : title },
        evidence: finding.evidence.map((one) => redactEvidence(one, names)),
        ...(unknown ? { unknown } : {}),
        waiver: redactWaiver(finding.waiver, names),
      };
    }
    default:
      return finding satisfies never;
  }
}

function redactUnknowns(
  [first, ...more]: readonly [UnknownFact, ...UnknownFact[]],
  names: NameDictionary,
): readonly [UnknownFact, ...UnknownFact[]] {
  return [redactUnknown(first, names), ...more.map((one) => redactUnknown(one, names))];
}

function notVerified({ path, detail }: UnknownFact): string {
  return `not verified: ${path === '' ? '' : `${path}: `}${detail}`;
}

function redactResource({ address, name, tags, ...rest }: FindingResource, names: NameDictionary): FindingResource {
  return {
    ...rest,
    address: names.address(address),
    name: names.name(name),
    ...(tags === undefined ? {} : { tags: redactTags(tags, names) }),
  };
}

/** Lines of code go: they are full of names. */
function redactLocation({ file, address, frame: _, ...rest }: SourceLocation, names: NameDictionary): SourceLocation {
  return { ...rest, file: names.path(file), ...(address === undefined ? {} : { address: names.address(address) }) };
}

/** A hash has been replaced by a keyed one before, and is no name. */
function redactItemKey(itemKey: string, names: NameDictionary): string {
  return isHashKey(itemKey) ? itemKey : names.address(itemKey);
}
