import { indexAccounts, type AccountIndex } from './account-index.ts';
import type { AccountFixture } from './account-fixture.ts';
import type { Fault } from './fault.ts';
import { planFaults, type FaultOutcome } from './fault-plan.ts';
import { malformBody } from './malformed-body.ts';
import type { Operation } from './operation.ts';
import type { Refusal } from './protocol.ts';
import { limitCalls } from './quota.ts';
import { readTarget, type RawRequest, type Target } from './request-target.ts';
import { ServiceError } from './service-error.ts';
import { callerOf } from './session.ts';

/** What to do with the connection of a request, `delayMs` from now. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly delayMs: number;
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'hang' | 'reset'; readonly delayMs: number };

export interface HandlerOptions {
  readonly accounts: readonly AccountFixture[];
  readonly latencyMs: number;
  /** Calls per second by operation, for each account and region. */
  readonly quotas: Readonly<Record<string, number>>;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

/** The endpoint without its socket. */
export interface RequestHandler {
  readonly handle: (request: RawRequest) => Reply;
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** How often each operation was asked for since the last reset, whatever the answer was. */
  readonly calls: () => Readonly<Record<string, number>>;
  readonly resetCalls: () => void;
}

/** Throws Error for fixtures that contradict themselves, or when there is none. */
export function createHandler(options: HandlerOptions): RequestHandler {
  const accounts = indexAccounts(options.accounts);
  const fallback = accounts.values().next().value;
  if (fallback === undefined) throw new Error('the endpoint needs at least one account');
  const withinQuota = limitCalls(options.quotas);
  const counts = new Map<string, number>();
  let decide = planFaults([]);
  let served = 0;

  const handle = (request: RawRequest): Reply => {
    served += 1;
    const requestId = `00000000-0000-4000-8000-${served.toString(16).padStart(12, '0')}`;
    const target = readTarget(request, accounts, fallback);
    const name = `${target.serviceName}:${target.operationName}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const { account, region } = target;
    const outcome = decide({ operation: name, region, account: account.id, body: request.body });
    const delayMs = options.latencyMs + outcome.delayMs;
    const { effect } = outcome;
    if (effect?.kind === 'hang' || effect?.kind === 'reset') return { kind: effect.kind, delayMs };
    const now = options.clock();
    const blocked =
      blockedBy(outcome, target, name) ?? (withinQuota(name, account.id, region, now) ? undefined : refuse(target, 'throttled', name));
    const { status, body } =
      blocked === undefined ? answer(request, target, accounts, outcome, now, requestId) : failed(target, blocked, requestId);
    const spoilt = effect?.kind === 'malformed' && status === 200;
    const kind = spoilt ? (effect.body ?? 'html') : undefined;
    return {
      kind: 'answer',
      delayMs,
      status,
      headers: {
        'content-type': kind === 'html' ? 'text/html' : target.service.protocol.contentType,
        'x-amzn-requestid': requestId,
        ...(blocked === undefined ? {} : { 'x-amzn-errortype': blocked.code }),
      },
      body: kind === undefined ? body : malformBody(kind, body, target.service.protocol.format, target.operation?.paging),
    };
  };
  return {
    handle,
    setFaults: (faults) => {
      decide = planFaults(faults);
    },
    calls: () => Object.fromEntries(counts),
    resetCalls: () => counts.clear(),
  };
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function answer(
  request: RawRequest,
  target: Target,
  accounts: ReadonlyMap<string, AccountIndex>,
  outcome: FaultOutcome,
  now: number,
  requestId: string,
): Answer {
  const { service, account, region } = target;
  try {
    const operation = checked(target);
    const caller = callerOf(account, target.sessionToken);
    const input = { ...target.pathInput, ...service.protocol.parse(request.body) };
    const result = operation.answer({ input, account, accounts, caller, region, shortPages: outcome.shortPages, now });
    return { status: 200, body: service.protocol.success(target.operationName, result, requestId) };
  } catch (error) {
    if (error instanceof ServiceError) return failed(target, error, requestId);
    throw error;
  }
}

function checked(target: Target): Operation {
  const { service, account, region, operation, operationName } = target;
  if (!target.isSigned) throw refusal(service.protocol.unsigned, 'Missing Authentication Token');
  if (operation === undefined) throw refusal(service.protocol.unknownOperation, `The embedded endpoint does not serve ${operationName}.`);
  if (service.global !== true && !account.isEnabled(region)) {
    throw refusal(service.protocol.regionDisabled, 'The security token included in the request is invalid.');
  }
  return operation;
}

function blockedBy(outcome: FaultOutcome, target: Target, name: string): ServiceError | undefined {
  const { effect } = outcome;
  switch (effect?.kind) {
    case 'deny':
      return refuse(target, 'denied', name);
    case 'throttle':
      return refuse(target, 'throttled', name);
    case 'expired':
      return refuse(target, 'expired', name);
    case 'error':
      return new ServiceError(effect.code, 'The embedded endpoint was told to answer with this error.', effect.status);
    default:
      return undefined;
  }
}

function refuse(target: Target, why: 'denied' | 'throttled' | 'expired', name: string): ServiceError {
  const { protocol } = target.service;
  switch (why) {
    case 'denied': {
      const { arn } = callerOf(target.account, target.sessionToken);
      const message = `User: ${arn} is not authorized to perform: ${name} because no identity-based policy allows the ${name} action`;
      return refusal(protocol.denied, message);
    }
    case 'throttled':
      return refusal(protocol.throttled, 'Rate exceeded');
    case 'expired':
      return refusal(protocol.expired, 'The security token included in the request is expired');
    default:
      return why satisfies never;
  }
}

function refusal({ code, status }: Refusal, message: string): ServiceError {
  return new ServiceError(code, message, status);
}

function failed(target: Target, error: ServiceError, requestId: string): Answer {
  return { status: error.status, body: target.service.protocol.failure(error, requestId) };
}
