import type { Finding } from '../../src/model/finding.ts';
import type { DeltaFinding, RunDelta } from '../../src/model/run-delta.ts';
import type { RunState } from '../../src/model/run-state.ts';
import type { Outcome, ScopeResult, WaiverUse } from '../../src/model/scan-result.ts';
import type { Compared } from '../../src/notify/find-changes.ts';
import { liveFinding } from '../reporters/sample-finding.ts';
import { resultOf } from '../reporters/sample-result.ts';
import { liveScope } from '../reporters/sarif-cases.ts';

export const account = '123456789012';
export const home = `aws/${account}/us-east-1`;

/** A secret that does not rotate, or of which nobody can tell. */
export function secret(name: string, status: 'fail' | 'unknown' | 'pass' = 'fail'): Finding {
  const message = 'does not rotate';
  const policy = 'secretsmanager-rotation-interval';
  if (status === 'pass') return liveFinding(policy, { name }, { status });
  if (status === 'fail') return liveFinding(policy, { name }, { status, message, evidence: [] });
  const unknown = [{ path: 'rotation', reason: 'access-denied', detail: 'denied', action: 'secretsmanager:DescribeSecret' }] as const;
  return liveFinding(policy, { name }, { status, message, evidence: [], unknown });
}

export interface RunFacts {
  readonly asOf?: string;
  readonly outcome?: Outcome;
  readonly scopes?: readonly ScopeResult[];
  readonly waivers?: readonly WaiverUse[];
}

/** A run as a state keeps it; the first one a day after 2026-11-01, each further one a day later. */
export function keptRun(sequence: number, findings: readonly Finding[], facts: RunFacts = {}): RunState {
  const asOf = facts.asOf ?? new Date(Date.UTC(2026, 10, 1 + sequence, 8)).toISOString();
  const result = resultOf(findings, { scopes: facts.scopes ?? [liveScope(account, 'us-east-1')] });
  const outcome = facts.outcome ?? (findings.some(({ status }) => status === 'fail') ? 'violations' : 'compliant');
  const { waivers } = facts;
  return {
    ...{ stateVersion: 1, sequence, notJudged: [], fixed: [], whole: {}, history: [] },
    result: {
      ...result,
      run: {
        ...result.run,
        ...{ id: `run-${String(sequence).padStart(4, '0')}`, asOf, outcome, exitReason: `it is ${outcome}` },
        ...(waivers === undefined ? {} : { waivers: { findings: 0, gaps: 0, waivers } }),
      },
    },
  };
}

export function waiver(id: string, expires: string, more: Partial<WaiverUse> = {}): WaiverUse {
  return {
    ...{ id, expires, owner: 'team-payments', reason: 'because', policies: ['*'], file: 'waivers.yaml', line: 3 },
    ...{ state: 'active', use: 'used', findings: 2, gaps: 0, ...more },
  };
}

export function gapScope(region: string, action = 'secretsmanager:ListSecrets', status: ScopeResult['status'] = 'partial'): ScopeResult {
  return liveScope(account, region, {
    status,
    gaps: [
      {
        ...{ operation: action, action, types: ['AWS::SecretsManager::Secret'], reason: 'access-denied', count: 1 },
        hint: `Grant ${action} to the caller.`,
      },
    ],
  });
}

/** As a delta has it. */
export function change(finding: Finding, more: Partial<DeltaFinding> = {}): DeltaFinding {
  const { id, policyId, severity, status, scope, resource } = finding;
  const { type, address, name, account: owner = account, region = 'us-east-1' } = resource;
  return {
    ...{ id, policyId, title: 'Secrets rotate', severity, status: status === 'not_applicable' ? 'pass' : status },
    ...{ scope, type, address, name, account: owner, region, ...more },
  };
}

/** Two runs and what is different between them, given by hand. */
export function comparedRuns(
  before: RunState | undefined,
  after: RunState,
  delta: Partial<RunDelta> = {},
  open: readonly DeltaFinding[] = [],
  unverified = 0,
): Compared {
  const { run, summary } = after.result;
  return {
    ...(before === undefined ? {} : { before }),
    ...{ after, open, unverified },
    delta: {
      after: {
        ...{ runId: run.id, asOf: run.asOf, findings: summary.findings, bySeverity: summary.bySeverity },
        ...{ outcome: run.outcome, exitReason: run.exitReason },
      },
      ...{ new: [], reopened: [], unverified: [], fixed: [], waived: [], persisting: 0, notJudged: 0, newGaps: [], ...delta },
    },
  };
}
