import type { PolicyResult, ScanResult, ScopeResult } from '../model/scan-result.ts';
import { longName, placeOf, remarksOf, stableSentence, unknownText, waiverText } from './finding-words.ts';
import { isJudgedFinding, type JudgedFinding } from './open-findings.ts';
import type { Reporter } from './reporter.ts';
import { expiredWaivers, partialScopes, problemsOfRun, scopeProblems } from './run-problems.ts';
import { xmlText } from './xml-text.ts';

/** What a test case came to. A pass has no element. */
interface Outcome {
  readonly element: 'failure' | 'error' | 'skipped';
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

interface TestCase {
  readonly name: string;
  readonly outcome?: Outcome;
}

/** A policy, or what was read. */
interface Suite {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly cases: readonly TestCase[];
  readonly output: readonly string[];
}

interface Counts {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly skipped: number;
}

/**
 * JUnit XML for the test views of Jenkins, GitLab and Azure DevOps. A suite for each policy with a test for each resource: a failure
 * fails, an unknown is an error, a waived one is skipped. The first suite says what was read.
 */
export const junitReporter: Reporter = {
  name: 'junit',
  summary: 'JUnit XML, for the test views of Jenkins, GitLab and Azure DevOps',
  mediaType: 'application/xml',
  render: (result) => {
    const suites = [readSuite(result), ...policySuites(result)];
    const counts = suites.map(({ cases }) => count(cases));
    const { tests, failures, errors } = sum(counts);
    const time = result.run.durationMs === undefined ? '' : ` time="${(result.run.durationMs / 1000).toFixed(3)}"`;
    const lines = [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites name="sealcheck" tests="${tests}" failures="${failures}" errors="${errors}"${time}>`,
      ...suites.flatMap((suite, index) => suiteLines(suite, counts[index] ?? count(suite.cases))),
      '</testsuites>',
    ];
    return { text: `${lines.join('\n')}\n`, warnings: warningsOf(result) };
  },
};

function warningsOf({ run }: ScanResult): readonly string[] {
  return run.detail === 'failing' ? ['there are no tests for what passes: the result does not list it; scan with --detail all'] : [];
}

/** Whether the run came to its end, and whether each scope could be read. */
function readSuite(result: ScanResult): Suite {
  const { run, scopes } = result;
  const [problem] = problemsOfRun(run);
  const ending: Outcome | undefined = problem && {
    element: 'error',
    type: run.outcome,
    message: problem.text,
    lines: [problem.text, run.exitReason],
  };
  const expired = expiredWaivers(run).map((waiver) => `expired: ${waiverText(waiver)}`);
  const parts = partialScopes(result).map(({ id }) => `only a part of ${id} was judged`);
  return {
    name: 'sealcheck.read',
    properties: { run: run.id, asOf: run.asOf, outcome: run.outcome, version: run.tool.version },
    cases: [{ name: 'the run', ...(ending && { outcome: ending }) }, ...unlike(scopes.map(scopeCase), scopes)],
    output: [`exit ${run.exitCode}: ${run.exitReason}`, ...run.notes.map((note) => `note: ${note}`), ...parts, ...expired],
  };
}

function scopeCase(scope: ScopeResult): TestCase {
  const problems = scopeProblems(scope);
  const lines = problems.flatMap((problem) => [
    problem.text,
    ...(problem.kind === 'gap'
      ? [problem.gap.waiver === undefined ? `what to do: ${problem.gap.hint}` : waiverText(problem.gap.waiver)]
      : []),
  ]);
  const [first] = problems;
  if (first === undefined) return { name: scope.id };
  const open = problems.find((problem) => problem.kind !== 'gap' || problem.gap.waiver === undefined);
  const outcome: Outcome =
    open === undefined
      ? { element: 'skipped', type: 'waived', message: `waived: ${first.text}`, lines }
      : { element: 'error', type: scope.status, message: open.text, lines };
  return { name: scope.id, outcome };
}

function policySuites({ run, policies, findings }: ScanResult): readonly Suite[] {
  const byPolicy = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    if (!isJudgedFinding(finding)) continue;
    const into = byPolicy.get(finding.policyId);
    if (into) into.push(finding);
    else byPolicy.set(finding.policyId, [finding]);
  }
  return policies.flatMap((policy) => {
    const judged = byPolicy.get(policy.id);
    return judged === undefined ? [] : [policySuite(policy, judged, run.asOf)];
  });
}

function policySuite(policy: PolicyResult, findings: readonly JudgedFinding[], asOf: string): Suite {
  const { id, severity, title } = policy;
  const cases = findings.map((finding): TestCase => {
    const outcome = outcomeOf(finding, policy, asOf);
    return { name: longName(finding), ...(outcome && { outcome }) };
  });
  return { name: `sealcheck.${id}`, properties: { severity, title }, cases: unlike(cases, findings), output: [] };
}

function outcomeOf(finding: JudgedFinding, policy: PolicyResult, asOf: string): Outcome | undefined {
  const message = stableSentence(finding, policy.title);
  const remarks = remarksOf(finding, asOf);
  switch (finding.status) {
    case 'pass':
      return undefined;
    case 'fail':
      return { element: 'failure', type: finding.severity, message, lines: linesOf(finding, finding.message, remarks, policy) };
    case 'unknown': {
      const lines = [
        ...linesOf(finding, finding.message, remarks, policy),
        ...finding.unknown.map((fact) => `unknown: ${unknownText(fact)}`),
      ];
      return { element: 'error', type: 'unknown', message, lines };
    }
    case 'waived': {
      const waiver = waiverText(finding.waiver);
      return {
        element: 'skipped',
        type: 'waived',
        message: waiver,
        lines: [...linesOf(finding, finding.message, remarks, policy), waiver],
      };
    }
    default:
      return finding satisfies never;
  }
}

function linesOf(finding: JudgedFinding, message: string, remarks: readonly string[], { remediation }: PolicyResult): readonly string[] {
  const place = placeOf(finding);
  return [
    message,
    `severity: ${finding.severity}`,
    `resource: ${finding.resource.address}`,
    ...(place === '' ? [] : [`place: ${place}`]),
    ...remarks.map((remark) => `remark: ${remark}`),
    `what to do: ${remediation.text}${remediation.url === undefined ? '' : ` ${remediation.url}`}`,
  ];
}

/** GitLab takes tests of the same class and name for one. */
function unlike(cases: readonly TestCase[], ids: readonly { readonly id: string }[]): readonly TestCase[] {
  const taken = new Set<string>();
  return cases.map((each, index) => {
    const name = taken.has(each.name) ? `${each.name} ${ids[index]?.id ?? String(index)}` : each.name;
    taken.add(name);
    return { ...each, name };
  });
}

function suiteLines({ name, properties, cases, output }: Suite, { tests, failures, errors, skipped }: Counts): readonly string[] {
  return [
    `  <testsuite name="${xmlText(name)}" tests="${tests}" failures="${failures}" errors="${errors}" skipped="${skipped}">`,
    '    <properties>',
    ...Object.entries(properties).map(([key, value]) => `      <property name="${key}" value="${xmlText(value)}"/>`),
    '    </properties>',
    ...cases.flatMap((each) => caseLines(name, each)),
    ...(output.length === 0 ? [] : [`    <system-out>${output.map(xmlText).join('\n')}</system-out>`]),
    '  </testsuite>',
  ];
}

function caseLines(className: string, { name, outcome }: TestCase): readonly string[] {
  const head = `    <testcase name="${xmlText(name)}" classname="${xmlText(className)}"`;
  if (outcome === undefined) return [`${head}/>`];
  const { element, type, message, lines } = outcome;
  return [
    `${head}>`,
    `      <${element} type="${xmlText(type)}" message="${xmlText(message)}">${lines.map(xmlText).join('\n')}</${element}>`,
    '    </testcase>',
  ];
}

function count(cases: readonly TestCase[]): Counts {
  const of = (element: Outcome['element']): number => cases.filter(({ outcome }) => outcome?.element === element).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function sum(counts: readonly Counts[]): Counts {
  const of = (key: keyof Counts): number => counts.reduce((total, each) => total + each[key], 0);
  return { tests: of('tests'), failures: of('failures'), errors: of('errors'), skipped: of('skipped') };
}
