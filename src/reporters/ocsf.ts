import type { Finding } from '../model/finding.ts';
import type { PolicyResult, Run, ScopeResult } from '../model/scan-result.ts';
import type { Severity } from '../model/severity.ts';
import { stableSentence } from './finding-words.ts';
import { toJsonLine } from './json-text.ts';
import { isJudgedFinding, isVerified, type JudgedFinding } from './open-findings.ts';
import type { Reporter } from './reporter.ts';
import { expiredWarnings, runProblems, type RunProblem } from './run-problems.ts';

/** That of AWS Security Hub. Minor versions of OCSF are backward compatible, so later readers take it too. */
const schemaVersion = '1.5.0';

const activities = { create: [1, 'Create'], update: [2, 'Update'] } as const;
const severityIds: { readonly [severity in Severity]: readonly [id: number, name: string] } = {
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};

/** Of a check. Warning: it came to no result as information is missing. Unknown: nobody knows what was to be checked. */
const checkStatuses = { unknown: [0, 'Unknown'], pass: [1, 'Pass'], warning: [2, 'Warning'], fail: [3, 'Fail'] } as const;

/**
 * Compliance Findings of the Open Cybersecurity Schema Framework (class 2003), a JSON array with an event a line. A gap is an event of
 * its own. What the schema has no attribute for is under `unmapped`.
 */
export const ocsfReporter: Reporter = {
  name: 'ocsf',
  summary: `OCSF ${schemaVersion} Compliance Findings, for security data lakes and SIEMs`,
  mediaType: 'application/json',
  render: (result) => {
    const policies = new Map(result.policies.map((policy) => [policy.id, policy] as const));
    const scopes = new Map(result.scopes.map((scope) => [scope.id, scope] as const));
    const events = [
      ...runProblems(result).map((problem) => toJsonLine(problemEvent(problem, result.run))),
      ...result.findings
        .filter(isJudgedFinding)
        .map((finding) => toJsonLine(findingEvent(finding, policies.get(finding.policyId), scopes.get(finding.scope), result.run))),
    ];
    return { text: events.length === 0 ? '[]\n' : `[\n${events.join(',\n')}\n]\n`, warnings: expiredWarnings(result.run) };
  },
};

interface Parts {
  readonly uid: string;
  readonly title: string;
  readonly severity: Severity;
  readonly activity: (typeof activities)[keyof typeof activities];
  readonly place: Pick<ScopeResult, 'account' | 'region' | 'partition'>;
  readonly rest: object;
}

/** What every event has. */
function event({ uid, title, severity, activity, place, rest }: Parts, { id, asOf, tool }: Run): object {
  const [activityId, activityName] = activity;
  const [severityId, severityName] = severityIds[severity];
  const { account, region, partition } = place;
  return {
    activity_id: activityId,
    activity_name: activityName,
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2003,
    class_name: 'Compliance Finding',
    type_uid: 200_300 + activityId,
    type_name: `Compliance Finding: ${activityName}`,
    time: Date.parse(asOf),
    severity_id: severityId,
    severity: severityName,
    message: title,
    metadata: {
      version: schemaVersion,
      product: { name: 'Sealcheck', vendor_name: 'Sealcheck', version: tool.version },
      profiles: ['cloud'],
      uid: `${id}/${uid}`,
      correlation_uid: id,
    },
    cloud: {
      provider: 'AWS',
      ...(account === undefined ? {} : { account: { uid: account, type_id: 10, type: 'AWS Account' } }),
      ...(region === undefined ? {} : { region }),
      ...(partition === undefined ? {} : { cloud_partition: partition }),
    },
    ...rest,
  };
}

function findingEvent(finding: JudgedFinding, policy: PolicyResult | undefined, scope: ScopeResult | undefined, run: Run): object {
  const { id, policyId, severity, resource, previousIds, state } = finding;
  const { account, region, type, address, name, tags } = resource;
  const title = policy?.title ?? policyId;
  const sentence = stableSentence(finding, title);
  const time = Date.parse(run.asOf);
  const frameworks = [...new Set(policy?.controls.map(({ framework }) => framework))];
  const [statusId, status] = checkStatus(finding);
  return event(
    {
      uid: id,
      title: sentence,
      severity,
      activity: isKnown(state) ? activities.update : activities.create,
      place: { account, region, partition: scope?.partition } as Parts['place'],
      rest: {
        ...lifecycle(finding),
        finding_info: {
          uid: id,
          title: sentence,
          ...(policy === undefined ? {} : { desc: policy.description }),
          ...(previousIds?.[0] === undefined ? {} : { uid_alt: previousIds[0] }),
          analytic: { type_id: 1, type: 'Rule', uid: policyId, name: title },
          last_seen_time: time,
        },
        compliance: {
          control: policyId,
          ...(frameworks.length === 0 ? {} : { standards: frameworks }),
          ...(policy === undefined || policy.controls.length === 0
            ? {}
            : { requirements: policy.controls.map(({ framework, id: requirement }) => `${framework} ${requirement}`) }),
          status_id: statusId,
          status,
          status_code: finding.status,
          ...(finding.status === 'pass' ? {} : { status_details: [finding.message] }),
        },
        resources: [
          {
            uid: address,
            name,
            type,
            ...(region === undefined ? {} : { region }),
            ...(tags === undefined ? {} : { tags: Object.entries(tags).map(([key, value]) => ({ name: key, value })) }),
          },
        ],
        ...remediationOf(policy),
        unmapped: unmappedOf(finding),
      },
    },
    run,
  );
}

/** Something is missing, so the check is as unknown as what it would have been about. */
function problemEvent(problem: RunProblem, run: Run): object {
  const scope = problem.kind === 'run' ? undefined : problem.scope;
  const gap = problem.kind === 'gap' ? problem.gap : undefined;
  const what = problem.kind === 'run' ? problem.outcome : problem.kind === 'gap' ? problem.gap.operation : 'failed';
  const uid = ['incomplete', scope?.id ?? 'run', what].join(' ');
  const [statusId, status] = checkStatuses.unknown;
  return event(
    {
      uid,
      title: problem.text,
      severity: 'critical',
      activity: activities.create,
      place: scope ?? {},
      rest: {
        ...(gap?.waiver === undefined ? {} : suppressed),
        finding_info: { uid, title: problem.text, last_seen_time: Date.parse(run.asOf) },
        compliance: { status_id: statusId, status, status_code: gap?.waiver === undefined ? 'incomplete' : 'waived' },
        ...(gap === undefined ? {} : { remediation: { desc: gap.hint } }),
        unmapped: {
          ...(scope === undefined ? {} : { scope: scope.id, scope_status: scope.status }),
          ...(gap === undefined ? {} : { gap }),
        },
      },
    },
    run,
  );
}

function checkStatus(finding: JudgedFinding): readonly [id: number, name: string] {
  if (finding.status === 'pass') return checkStatuses.pass;
  return isVerified(finding) ? checkStatuses.fail : checkStatuses.warning;
}

/** Somebody has been told of it before; one that came back is news. */
function isKnown(state: Finding['state']): boolean {
  return state === 'persisting' || state === 'unverified';
}

const suppressed = { status_id: 3, status: 'Suppressed' } as const;

/** Of the finding in the hands of people. Absent where it says nothing. */
function lifecycle({ status, state }: JudgedFinding): object {
  if (status === 'waived') return suppressed;
  return status === 'pass' || isKnown(state) ? {} : { status_id: 1, status: 'New' };
}

function remediationOf(policy: PolicyResult | undefined): object {
  if (policy === undefined) return {};
  const { text, url } = policy.remediation;
  return { remediation: { desc: text, ...(url === undefined ? {} : { references: [url] }) } };
}

function unmappedOf(finding: JudgedFinding): object {
  const { status, scope, itemKey, location, state, firstSeen, lastSeen, dueAt, plan, expiredWaiver, resource }: Finding = finding;
  return {
    status,
    scope,
    ...(itemKey === undefined ? {} : { item_key: itemKey }),
    ...(location === undefined ? {} : { location: { file: location.file, start_line: location.startLine, end_line: location.endLine } }),
    ...(state === undefined ? {} : { state }),
    ...(firstSeen === undefined ? {} : { first_seen: firstSeen }),
    ...(lastSeen === undefined ? {} : { last_seen: lastSeen }),
    ...(dueAt === undefined ? {} : { due_at: dueAt }),
    ...(plan === undefined ? {} : { plan }),
    ...(resource.change === undefined ? {} : { change: resource.change }),
    ...(expiredWaiver === undefined ? {} : { expired_waiver: expiredWaiver }),
    ...(finding.status === 'waived' ? { waiver: finding.waiver } : {}),
    ...(finding.status === 'pass' || finding.status === 'fail' || finding.unknown === undefined ? {} : { unknown: finding.unknown }),
    ...(finding.status === 'pass' ? {} : { evidence: finding.evidence }),
  };
}
