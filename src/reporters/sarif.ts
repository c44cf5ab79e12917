import { UserError } from '../model/errors.ts';
import type { Finding } from '../model/finding.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { severities } from '../model/severity.ts';
import { findUnreadRegions } from '../model/unread-regions.ts';
import { toJsonText } from './json-text.ts';
import type { Reporter, SarifOptions } from './reporter.ts';
import { sarifCategories, type SarifCategory } from './sarif-category.ts';
import { sarifInvocation, sarifNotifications } from './sarif-invocation.ts';
import { sarifLimits } from './sarif-limits.ts';
import type { SarifLog, SarifResult, SarifRun } from './sarif-log.ts';
import { sarifResults } from './sarif-result.ts';
import { sarifRule } from './sarif-rule.ts';
import { uriPath } from './sarif-uri.ts';

/**
 * SARIF 2.1.0 for code scanning services. They take a missing result for a fixed one, so an account or root of which anything
 * could not be listed is left out as a whole, and unknown findings are results too.
 */
export const sarifReporter: Reporter = {
  name: 'sarif',
  summary: 'SARIF 2.1.0 for GitHub code scanning and others',
  mediaType: 'application/sarif+json',
  render: (result, { sarif }) => {
    const { log, warnings } = toSarif(result, sarif);
    if (sarif.split === undefined) {
      const text = toJsonText(log);
      return { text, warnings: [...warnings, ...tooLarge('the file', text, sarif)] };
    }
    const parts = log.runs.map((run) => ({ name: partName(run), text: toJsonText({ ...log, runs: [run] }) }));
    return { text: '', parts, warnings: [...warnings, ...parts.flatMap(({ name, text }) => tooLarge(name, text, sarif))] };
  },
};

/** `123456789012`, `terraform-infra`: of the category, which tells runs apart. */
function partName({ automationDetails }: SarifRun): string {
  const [, source = '', ...rest] = automationDetails.id.replace(/\/$/, '').split('/');
  const place = uriPath([rest.join('/')]);
  if (source === 'live') return place;
  return rest.length === 0 ? source : `${source}-${place}`;
}

/** GitHub takes ten megabytes after compression, which the caps on results keep; GitLab takes them before. */
function tooLarge(what: string, text: string, { profile }: SarifOptions): readonly string[] {
  const bytes = profile === 'gitlab' ? new TextEncoder().encode(text).length : 0;
  if (bytes <= sarifLimits.gitlabBytes) return [];
  return [
    `${what} has ${(bytes / 1_000_000).toFixed(1)} MB, and GitLab takes ${sarifLimits.gitlabBytes / 1_000_000}: choose fewer policies or split it`,
  ];
}

/** The SARIF log as data, and what is missing from it. */
export function toSarif(result: ScanResult, options: SarifOptions): { readonly log: SarifLog; readonly warnings: readonly string[] } {
  const warnings: string[] = [];
  const whole: SarifCategory[] = [];
  for (const category of sarifCategories(result, options.unknown)) {
    if (category.leftOut === undefined) whole.push(category);
    else warnings.push(`${category.label} is left out: ${category.leftOut}; without its results an upload would close its alerts`);
  }
  if (options.split === undefined && whole.length > sarifLimits.runs) {
    const text = `SARIF of ${whole.length} accounts and roots of code: a file holds at most ${sarifLimits.runs}, and what is left out would look fixed`;
    throw new UserError('usage', text, { hint: 'write one file for each: --sarif-split account -f sarif=FILE' });
  }
  const runs = whole.map((category) => {
    if (category.scopes.some((scope) => scope.whole === false))
      warnings.push(`${category.label} holds only a part of what there is: upload it for a pull request alone, elsewhere it closes alerts`);
    warnings.push(...narrowed(result, category), ...carried(category));
    const { run, omitted } = sarifRun(result, category, options);
    if (omitted > 0)
      warnings.push(`${category.label}: ${omitted} less severe results are left out, a run holds at most ${sarifLimits.results}`);
    return run;
  });
  if (runs.length === 0) warnings.push('the file has no runs and must not be uploaded: nothing was read as a whole');
  return { log: { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs }, warnings };
}

/** A category that is the same whatever was chosen: what an earlier upload had and this one was not to judge looks fixed. */
function narrowed({ run }: ScanResult, { label, live, scopes }: SarifCategory): readonly string[] {
  const { selection } = run;
  const regions = live ? findUnreadRegions(run.notes, scopes[0]?.account ?? '') : undefined;
  return [
    ...(selection === undefined || selection.policies >= selection.of
      ? []
      : [`${label} was judged by ${selection.policies} of ${selection.of} policies: an upload closes the alerts of all others`]),
    ...(regions === undefined ? [] : [`${label}, ${regions}: an upload closes the alerts of regions that it does not hold`]),
  ];
}

/** What could not be read this time is there as it was, and what is new in it is not. */
function carried({ label, scopes }: SarifCategory): readonly string[] {
  const since = scopes.flatMap(({ carriedFrom }) => carriedFrom ?? []).sort()[0];
  if (since === undefined) return [];
  return [`${label} could not be read as a whole: what was open since ${since.slice(0, 10)} is written again, so that no alert closes`];
}

function sarifRun(
  result: ScanResult,
  category: SarifCategory,
  options: SarifOptions,
): { readonly run: SarifRun; readonly omitted: number } {
  const policies = policiesOf(result, category);
  const indexed = new Map(policies.map((policy, ruleIndex) => [policy.id, { policy, ruleIndex }] as const));
  const all = sarifResults(category, indexed, { ...options, compared: result.run.baseline !== undefined });
  const results = mostSevere(all, result);
  const omitted = all.length - results.length;
  const { version } = result.run.tool;
  const run: SarifRun = {
    tool: {
      driver: {
        name: 'sealcheck',
        fullName: `Sealcheck ${version}`,
        version,
        semanticVersion: version,
        informationUri: 'https://github.com/sealcheck/sealcheck',
        rules: policies.map(sarifRule),
        notifications: sarifNotifications,
      },
    },
    automationDetails: { id: category.id },
    originalUriBaseIds: {
      '%SRCROOT%': {
        description: { text: 'The root of the repository. Paths of live resources are made up: aws/account/region/service/kind/name.' },
      },
    },
    columnKind: 'utf16CodeUnits',
    invocations: [sarifInvocation(result.run, category, omitted)],
    results,
  };
  return { run, omitted };
}

/** Every policy that was judged in the category, with results or without, by id. */
function policiesOf({ policies }: ScanResult, { scopes, findings }: SarifCategory): ScanResult['policies'] {
  const named = new Set(findings.map((finding: Finding) => finding.policyId));
  return policies
    .filter(({ id, sources }) => named.has(id) || scopes.some(({ source }) => sources.includes(source)))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** All of them in their order; above the limit the worst, verified before unverified. */
function mostSevere(results: readonly SarifResult[], { policies }: ScanResult): readonly SarifResult[] {
  if (results.length <= sarifLimits.results) return results;
  const rankById = new Map(policies.map(({ id, severity }) => [id, severities.indexOf(severity)] as const));
  const rank = ({ ruleId, properties }: SarifResult): number =>
    (rankById.get(ruleId) ?? 0) * 2 + (properties['status'] === 'unknown' ? 1 : 0);
  return results.toSorted((a, b) => rank(a) - rank(b)).slice(0, sarifLimits.results);
}
