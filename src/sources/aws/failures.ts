import { Unknown, type UnknownReason } from '../../model/unknown.ts';
import type { Operation } from './operations.ts';

/**
 * What kind of failure it was, for what to do next. `unrecognized`: AWS does not know the credentials here, which is
 * what a region that is not enabled answers. `unreachable`: no connection. `refused`: any other answer with an error.
 */
export const failureKinds = [
  'denied',
  'expired',
  'unrecognized',
  'credentials',
  'throttled',
  'timeout',
  'malformed',
  'unreachable',
  'server',
  'refused',
  'interrupted',
] as const;
export type FailureKind = (typeof failureKinds)[number];

/** A call that failed for good, as data. It never holds anything of a request's or an answer's body. */
export interface Failure {
  readonly kind: FailureKind;
  readonly reason: UnknownReason;
  readonly operation: Operation;
  /** Such as `AccessDeniedException on secretsmanager:GetResourcePolicy`. */
  readonly detail: string;
  /** Error code of the answer, such as `NotFoundException`. */
  readonly code?: string;
}

/** The answer of a call: its value, or why there is none. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** Thrown by readers of answers: the answer lacks what AWS always sends. `missing` names fields, never values. */
export class MalformedAnswer extends Error {
  constructor(missing: string) {
    super(missing);
    this.name = 'MalformedAnswer';
  }
}

const reasons: { readonly [K in FailureKind]: UnknownReason } = {
  denied: 'access-denied',
  expired: 'request-failed',
  unrecognized: 'request-failed',
  credentials: 'request-failed',
  throttled: 'throttled',
  timeout: 'timeout',
  malformed: 'malformed-response',
  unreachable: 'request-failed',
  server: 'request-failed',
  refused: 'request-failed',
  // Asked for and not answered: `not-collected` is kept for what nobody asked for.
  interrupted: 'request-failed',
};

/** What is known of a failure, for its detail. */
export interface FailureFacts {
  /** Error code of the answer. */
  readonly code?: string | undefined;
  readonly status?: number | undefined;
  /** Code of the network error, such as ECONNREFUSED. */
  readonly network?: string | undefined;
  /** Names of the fields that the answer lacks. */
  readonly missing?: string | undefined;
  /** What is wrong with the credentials. */
  readonly why?: string | undefined;
}

/** A failure that no error stands for, such as a run that was interrupted before the call. */
export function makeFailure(kind: FailureKind, operation: Operation, facts: FailureFacts = {}): Failure {
  return {
    kind,
    reason: reasons[kind],
    operation,
    detail: detailOf(kind, operation, facts),
    ...(facts.code === undefined ? {} : { code: facts.code }),
  };
}

export function toUnknown(failure: Failure): Unknown {
  return new Unknown(failure.reason, failure.detail, failure.operation);
}

function detailOf(kind: FailureKind, operation: Operation, facts: FailureFacts): string {
  const { code, status, network, missing, why } = facts;
  switch (kind) {
    case 'denied':
    case 'refused':
    case 'server':
    case 'throttled':
      return `${code ?? (status === undefined ? 'an error' : `HTTP ${status}`)} on ${operation}`;
    case 'expired':
      return `the credentials have expired: ${code ?? 'ExpiredToken'} on ${operation}`;
    case 'unrecognized':
      return `the credentials are not recognised here: ${code ?? 'no code'} on ${operation}`;
    case 'credentials':
      return `the AWS credential chain gave no credentials for ${operation}${why === undefined ? '' : `: ${why}`}`;
    case 'timeout':
      return `no answer in time on ${operation}`;
    case 'malformed':
      return missing === undefined ? `the answer to ${operation} could not be read` : `the answer to ${operation} has ${missing}`;
    case 'unreachable':
      return `the endpoint of ${operation} could not be reached (${network ?? 'no code'})`;
    case 'interrupted':
      return `the run was interrupted before ${operation}`;
    default:
      return kind satisfies never;
  }
}
