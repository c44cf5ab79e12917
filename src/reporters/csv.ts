import type { Finding } from '../model/finding.ts';
import type { ScanResult, WaiverUse } from '../model/scan-result.ts';
import type { WaiverNote } from '../model/waiver.ts';
import { csvLine } from './csv-cell.ts';
import { isJudgedFinding, type JudgedFinding } from './open-findings.ts';
import type { Reporter } from './reporter.ts';
import { expiredWaivers, runProblems, type RunProblem } from './run-problems.ts';

/** What stands in a line; what has no value is empty. `record` says what the line is about. */
const columns = [
  ...['record', 'status', 'severity', 'policy', 'title', 'type', 'name', 'address', 'item', 'account', 'region', 'scope'],
  ...['file', 'line', 'message', 'reason', 'action', 'state', 'first_seen', 'last_seen', 'due_at', 'plan', 'change'],
  ...['waiver', 'waiver_owner', 'waiver_expires', 'id'],
] as const;
type Row = { readonly [column in (typeof columns)[number]]?: string | undefined };

/** For spreadsheets: a line for the run, for each thing that could not be read, for each waiver that ran out, and for each finding. */
export const csvReporter: Reporter = {
  name: 'csv',
  summary: 'for spreadsheets: a line for each finding that passes, fails, is unknown or waived',
  mediaType: 'text/csv',
  render: (result) => {
    const titles = new Map(result.policies.map(({ id, title }) => [id, title] as const));
    const others = [runRow(result), ...runProblems(result).flatMap(problemRow), ...expiredWaivers(result.run).map(waiverRow)];
    const lines = [csvLine(columns), ...others.map(rowLine)];
    for (const finding of result.findings) {
      if (isJudgedFinding(finding)) lines.push(rowLine(findingRow(finding, titles.get(finding.policyId))));
    }
    return { text: lines.join(''), warnings: [] };
  },
};

function rowLine(row: Row): string {
  return csvLine(columns.map((column) => row[column] ?? ''));
}

function runRow({ run }: ScanResult): Row {
  return { record: 'run', status: run.outcome, name: `${run.tool.name} ${run.tool.version}`, message: run.exitReason, id: run.id };
}

/** That of the run as such is in its own line. */
function problemRow(problem: RunProblem): readonly Row[] {
  switch (problem.kind) {
    case 'run':
      return [];
    case 'scope':
      return [{ record: 'scope', status: 'failed', severity: 'critical', ...placeRow(problem.scope), message: problem.text }];
    case 'gap': {
      const { scope, gap, text } = problem;
      const { reason, action, types, hint, waiver } = gap;
      const status = waiver === undefined ? 'unknown' : 'waived';
      const severity = 'critical';
      return [
        {
          ...{ record: 'gap', status, severity, type: types.join(' '), ...placeRow(scope), message: `${text}. ${hint}`, reason, action },
          ...waiverCells(waiver),
        },
      ];
    }
    default:
      return problem satisfies never;
  }
}

function placeRow({ id, account = '', region = '' }: ScanResult['scopes'][number]): Row {
  return { scope: id, account, region };
}

function waiverRow(waiver: WaiverUse): Row {
  return {
    record: 'waiver',
    status: 'expired',
    message: waiver.reason,
    file: waiver.file,
    line: String(waiver.line),
    ...waiverCells(waiver),
  };
}

function waiverCells(waiver: WaiverNote | undefined): Row {
  return waiver === undefined ? {} : { waiver: waiver.id, waiver_owner: waiver.owner, waiver_expires: waiver.expires };
}

function findingRow(finding: JudgedFinding, title: string | undefined): Row {
  const { id, status, severity, policyId, scope, resource, itemKey, location, state, firstSeen, lastSeen, dueAt, plan, expiredWaiver } =
    finding;
  const { type, name, address, account, region, change } = resource;
  const facts = unknownFacts(finding);
  const waiver = finding.status === 'waived' ? finding.waiver : expiredWaiver;
  return {
    record: 'finding',
    status,
    severity,
    policy: policyId,
    title,
    type,
    name,
    address,
    item: itemKey,
    account,
    region,
    scope,
    file: location?.file,
    line: location === undefined ? undefined : String(location.startLine),
    message: finding.status === 'pass' ? undefined : finding.message,
    reason: unique(facts.map(({ reason }) => reason)),
    action: unique(facts.flatMap(({ action }) => action ?? [])),
    state,
    first_seen: firstSeen,
    last_seen: lastSeen,
    due_at: dueAt,
    plan,
    change,
    waiver: waiver?.id,
    waiver_owner: waiver?.owner,
    waiver_expires: waiver?.expires,
    id,
  };
}

function unknownFacts(finding: JudgedFinding): NonNullable<Extract<Finding, { readonly status: 'waived' }>['unknown']> | readonly [] {
  return finding.status === 'unknown' || finding.status === 'waived' ? (finding.unknown ?? []) : [];
}

function unique(texts: readonly string[]): string {
  return texts.length < 2 ? (texts[0] ?? '') : [...new Set(texts)].join(' ');
}
