import { chanceOf } from './fake-id.ts';
import type { Fault, FaultEffect, FaultTarget } from './fault.ts';

export interface FaultRequest {
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  readonly body: string;
}

/** What becomes of one request. */
export interface FaultOutcome {
  readonly delayMs: number;
  readonly shortPages: boolean;
  /** Absent: it is answered as it should be. */
  readonly effect?: Exclude<FaultEffect, { readonly kind: 'latency' | 'short-pages' }>;
}

const untouched: FaultOutcome = { delayMs: 0, shortPages: false };

/** Decides for each request in turn. Keeps count for `after`, `times` and `throttle`, from zero. */
export function planFaults(faults: readonly Fault[]): (request: FaultRequest) => FaultOutcome {
  if (faults.length === 0) return () => untouched;
  const matched = new Array<number>(faults.length).fill(0);
  const attempts = new Map<string, number>();
  return (request) => {
    const attempt = countAttempt(attempts, request);
    let outcome = untouched;
    for (const [index, fault] of faults.entries()) {
      if (!matches(fault, request)) continue;
      const turn = matched[index] ?? 0;
      matched[index] = turn + 1;
      const after = fault.after ?? 0;
      if (turn >= after && turn < after + (fault.times ?? Infinity)) outcome = apply(outcome, fault, attempt);
    }
    return outcome;
  };
}

function matches(target: FaultTarget, request: FaultRequest): boolean {
  const { operation } = target;
  const named =
    operation === '*' ||
    operation === request.operation ||
    (operation.endsWith(':*') && request.operation.startsWith(operation.slice(0, -1)));
  return (
    named &&
    (target.region === undefined || target.region === request.region) &&
    (target.account === undefined || target.account === request.account) &&
    (target.resource === undefined || request.body.includes(target.resource) || request.body.includes(encodeURIComponent(target.resource)))
  );
}

/** Names a request and how often it came, so that chance does not depend on the order in which parallel requests arrive. */
function countAttempt(attempts: Map<string, number>, request: FaultRequest): string {
  const key = `${request.operation} ${request.account} ${request.region} ${request.body}`;
  const count = (attempts.get(key) ?? 0) + 1;
  attempts.set(key, count);
  return `${key} ${count}`;
}

function apply(outcome: FaultOutcome, fault: Fault, attempt: string): FaultOutcome {
  switch (fault.kind) {
    case 'latency':
      return { ...outcome, delayMs: outcome.delayMs + fault.ms };
    case 'short-pages':
      return { ...outcome, shortPages: true };
    case 'throttle':
      return chanceOf(attempt, fault.seed) < fault.rate ? withEffect(outcome, fault) : outcome;
    case 'deny':
    case 'hang':
    case 'malformed':
    case 'error':
    case 'expired':
    case 'reset':
      return withEffect(outcome, fault);
    default:
      return fault satisfies never;
  }
}

function withEffect(outcome: FaultOutcome, effect: NonNullable<FaultOutcome['effect']>): FaultOutcome {
  return outcome.effect === undefined ? { ...outcome, effect } : outcome;
}
