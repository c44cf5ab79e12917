import { regionsOf } from './account-regions.ts';
import { createCalls } from './calls.ts';
import { loadApis } from './clients.ts';
import type { Answer, Failure } from './failures.ts';
import { followSignal } from './follow-signal.ts';
import { hintFor } from './hints.ts';
import { neededOperations } from './needed-collectors.ts';
import type { Operation } from './operations.ts';
import type { AwsContext, AwsOptions } from './options.ts';
import { probe, type ProbeSubjects } from './probes.ts';
import { checkRegionNames } from './regions.ts';
import { openSessions, requireOneOpen, type AccountSession } from './session.ts';
import { resolveTuning } from './tuning.ts';

/** What the doctor found. */
export interface Diagnosis {
  /** The region that the SDK chose. */
  readonly defaultRegion: string;
  readonly accounts: readonly AccountDiagnosis[];
  readonly interrupted?: true;
}

export interface AccountDiagnosis {
  /** Absent for the caller's own account when it could not be entered. */
  readonly account?: string;
  readonly partition?: string;
  /** ARN of the identity that a scan would read with; absent when the account could not be entered. */
  readonly caller?: string;
  /** Why the account could not be entered. */
  readonly failure?: { readonly operation: string; readonly detail: string; readonly hint: string };
  readonly regions: {
    /** Those that a scan would read. */
    readonly lookedAt: readonly string[];
    /** All enabled ones; absent when they could not be listed, see the detail. */
    readonly enabled?: readonly string[];
    readonly detail?: string;
  };
  /** Sorted by action. */
  readonly actions: readonly ActionDiagnosis[];
}

/** `untested`: there was nothing in the account to try it on. */
export type ActionState = 'works' | 'denied' | 'failed' | 'untested';

export interface ActionDiagnosis {
  readonly action: string;
  readonly state: ActionState;
  /** Where it was tried. */
  readonly region: string;
  readonly detail: string;
  /** What to do about it, unless it works. */
  readonly hint?: string;
}

/**
 * Tries each action that a scan with these needs would use, one cheap call each, in one region of each account:
 * the default one if it is among those that a scan would read. Throws what `collectAws` throws when no account can be entered.
 */
export async function diagnoseAws(options: AwsOptions, context: AwsContext): Promise<Diagnosis> {
  checkRegionNames(options.regions);
  const tuning = resolveTuning(context.tuning);
  const end = followSignal(context.signal);
  try {
    const sessions = await openSessions(options, tuning, end.signal);
    requireOneOpen(sessions, end.signal);
    const run = { homeRegion: sessions.homeRegion, tuning, signal: end.signal };
    const operations = neededOperations(context.needs, options);
    await loadApis(operations);
    const open = await Promise.all(sessions.open.map((session) => diagnoseAccount(session, options, operations, run)));
    const closed = sessions.closed.map(({ failure, ...account }): AccountDiagnosis => {
      const { operation, detail } = failure;
      return { ...account, failure: { operation, detail, hint: hintFor(failure) }, regions: { lookedAt: [] }, actions: [] };
    });
    const accounts = [...open, ...closed].sort((a, b) => ((a.account ?? '') < (b.account ?? '') ? -1 : 1));
    return { defaultRegion: sessions.homeRegion, accounts, ...(end.signal.aborted ? { interrupted: true as const } : {}) };
  } finally {
    end.release();
  }
}

type RunFacts = Parameters<typeof regionsOf>[2];

async function diagnoseAccount(
  session: AccountSession,
  options: AwsOptions,
  operations: readonly Operation[],
  run: RunFacts,
): Promise<AccountDiagnosis> {
  const { account, partition, caller } = session;
  const { regions, left, failure } = await regionsOf(session, options, run);
  return {
    account,
    partition,
    caller,
    regions: {
      lookedAt: regions,
      ...(left === undefined ? {} : { enabled: [...regions, ...left].sort() }),
      ...(failure === undefined ? {} : { detail: failure.detail }),
    },
    actions: await diagnoseActions(
      session,
      regions.includes(run.homeRegion) ? run.homeRegion : (regions[0] ?? run.homeRegion),
      operations,
      failure,
      run,
    ),
  };
}

async function diagnoseActions(
  session: AccountSession,
  region: string,
  operations: readonly Operation[],
  listRegionsFailure: Failure | undefined,
  run: RunFacts,
): Promise<readonly ActionDiagnosis[]> {
  const clients = await session.openClients(region);
  const calls = createCalls(run.tuning, run.signal);
  const subjects: ProbeSubjects = {};
  const found: ActionDiagnosis[] = [];
  try {
    for (const operation of [...operations].sort(askedFirst)) {
      const place = operation.startsWith('iam:') || operation.startsWith('account:') ? 'global' : region;
      const answer =
        operation === 'account:ListRegions' ? regionsAnswer(listRegionsFailure) : await probe(operation, clients, calls, subjects);
      found.push(describeAnswer(operation, place, answer, session));
    }
  } finally {
    clients.close();
  }
  return found.sort((a, b) => (a.action < b.action ? -1 : 1));
}

function regionsAnswer(failure: Failure | undefined): Answer<unknown> {
  return failure === undefined ? { ok: true, value: undefined } : { ok: false, failure };
}

/** Lists first, because the other questions are about what they show, and DescribeKey before what needs its key. */
function askedFirst(a: Operation, b: Operation): number {
  const rank = (operation: Operation): number => {
    const index = order.indexOf(operation);
    return index === -1 ? order.length : index;
  };
  return rank(a) - rank(b);
}

const order: readonly Operation[] = [
  'cloudtrail:DescribeTrails',
  'events:ListRules',
  'secretsmanager:ListSecrets',
  'ssm:DescribeParameters',
  'iam:GetAccountAuthorizationDetails',
  'kms:DescribeKey',
  'lambda:ListFunctions',
  'ecs:ListTaskDefinitionFamilies',
  'codebuild:ListProjects',
  'ec2:DescribeInstances',
  'ec2:DescribeLaunchTemplates',
];

/** Errors about the thing that was asked for: whoever gets them was allowed to ask. */
const allowedCodes = new Set([
  'InvalidRequestException',
  'InvalidResourceId',
  'KMSInvalidStateException',
  'NoSuchEntity',
  'NoSuchEntityException',
  'NotFoundException',
  'ResourceNotFoundException',
  'UnsupportedOperationException',
]);

function describeAnswer(operation: Operation, region: string, answer: Answer<unknown> | string, session: AccountSession): ActionDiagnosis {
  const action = operation;
  if (typeof answer === 'string') return { action, region, state: 'untested', detail: answer };
  if (answer.ok) return { action, region, state: 'works', detail: 'answered' };
  const { failure } = answer;
  if (failure.code !== undefined && allowedCodes.has(failure.code))
    return { action, region, state: 'works', detail: `answered with ${failure.code}` };
  const hint = hintFor(failure, { account: session.account, region, caller: session.caller });
  return { action, region, state: failure.kind === 'denied' ? 'denied' : 'failed', detail: failure.detail, hint };
}
