import type { ScanResult } from '../model/scan-result.ts';
import type { Severity } from '../model/severity.ts';
import { repositoryPlace, scopePlace, type RepositoryPlace } from './finding-path.ts';
import { stableSentence } from './finding-words.ts';
import { toJsonText } from './json-text.ts';
import { isOpenFinding, type OpenFinding } from './open-findings.ts';
import type { Reporter } from './reporter.ts';
import { expiredWarnings, isAccepted, runProblems, type RunProblem } from './run-problems.ts';
import { safeText } from './safe-text.ts';
import { cutText } from './sarif-limits.ts';

/** An entry of a Code Quality report: what GitLab reads of it (docs "Code Quality", "Code Quality report format"). */
interface Degradation {
  readonly description: string;
  readonly check_name: string;
  /** GitLab compares by it alone: one that is gone counts as resolved, and of two that are equal it shows one. */
  readonly fingerprint: string;
  readonly severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

const severityWords: { readonly [severity in Severity]: Degradation['severity'] } = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

const mostCharacters = 1000;

/** GitLab Code Quality. What could not be judged or read is an entry too: GitLab takes a missing one for resolved. */
export const gitlabReporter: Reporter = {
  name: 'gitlab',
  summary: 'GitLab Code Quality, for the widget of a merge request',
  mediaType: 'application/json',
  render: (result) => ({ text: toJsonText(degradations(result)), warnings: warningsOf(result) }),
};

function degradations(result: ScanResult): readonly Degradation[] {
  const scopes = new Map(result.scopes.map((scope) => [scope.id, scope] as const));
  const titles = new Map(result.policies.map(({ id, title }) => [id, title] as const));
  const problems = runProblems(result).filter((problem) => !isAccepted(problem));
  return [
    ...problems.map(ofProblem),
    ...result.findings
      .filter(isOpenFinding)
      .map((finding) =>
        ofFinding(finding, titles.get(finding.policyId) ?? finding.policyId, repositoryPlace(finding, scopes.get(finding.scope))),
      ),
  ];
}

function ofFinding(finding: OpenFinding, title: string, { path, line }: RepositoryPlace): Degradation {
  const { id, policyId, status, severity, expiredWaiver } = finding;
  const expired = expiredWaiver === undefined ? '' : ` (waiver ${expiredWaiver.id} expired on ${expiredWaiver.expires})`;
  return {
    description: cutText(safeText(`${stableSentence(finding, title)}${expired}`), mostCharacters),
    check_name: policyId,
    fingerprint: id,
    severity: status === 'fail' ? severityWords[severity] : 'info',
    location: { path: safeText(path), lines: { begin: line } },
  };
}

/** Not of the severity of one policy: nobody knows which would have failed. */
function ofProblem(problem: RunProblem): Degradation {
  const place = problem.kind === 'run' ? { path: 'sealcheck', line: 1 } : scopePlace(problem.scope);
  const name = problem.kind === 'run' ? problem.outcome : problem.kind === 'gap' ? problem.gap.operation : 'scope-failed';
  return {
    description: cutText(safeText(problem.text), mostCharacters),
    check_name: 'sealcheck-incomplete',
    fingerprint: `incomplete ${place.path} ${name}`,
    severity: 'critical',
    location: { path: place.path, lines: { begin: place.line } },
  };
}

function warningsOf({ run, findings, scopes }: ScanResult): readonly string[] {
  const waived = findings.filter(({ status }) => status === 'waived').length;
  const gaps = scopes.flatMap((scope) => scope.gaps).filter(({ waiver }) => waiver !== undefined).length;
  const left = `what is waived is left out (findings: ${waived}, gaps: ${gaps}): the format has no mark for it`;
  return [...(waived + gaps === 0 ? [] : [left]), ...expiredWarnings(run)];
}
