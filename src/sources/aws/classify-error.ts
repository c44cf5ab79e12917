import { MalformedAnswer, makeFailure, type Failure, type FailureKind } from './failures.ts';
import type { Operation } from './operations.ts';

const throttlingCodes = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
  'TransactionInProgressException',
]);
const expiredCodes = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired']);
const unrecognizedCodes = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
  'SignatureDoesNotMatch',
  'SubscriptionRequiredException',
  'UnrecognizedClientException',
]);
const credentialCodes = new Set(['CredentialsProviderError', 'TokenProviderError', 'ProviderError']);

/** Classifies what a client of the SDK threw, by HTTP status as well as by name: moto and proxies answer with bodies of their own. */
export function classifyError(error: unknown, operation: Operation): Failure {
  const code = wordOf(error, 'name');
  const network = wordOf(error, 'code');
  const status = statusOf(error);
  const kind = kindOf(error, code, network, status);
  const why = kind === 'credentials' ? credentialTrouble(error) : undefined;
  // The names of JavaScript's own errors say nothing of the answer; its status does.
  const said = code === undefined || /^([A-Z][a-z]+)?Error$/.test(code) ? undefined : code;
  return makeFailure(kind, operation, { code: said, status, network, why });
}

function kindOf(error: unknown, code: string | undefined, network: string | undefined, status: number | undefined): FailureKind {
  if (error instanceof MalformedAnswer) return 'malformed';
  // The SDK calls a connection that broke a timeout too.
  if (network === 'ECONNRESET' || network === 'EPIPE') return 'unreachable';
  if (code === 'TimeoutError' || network === 'ETIMEDOUT' || network === 'ESOCKETTIMEDOUT') return 'timeout';
  if (code !== undefined) {
    if (expiredCodes.has(code)) return 'expired';
    if (unrecognizedCodes.has(code)) return 'unrecognized';
    if (throttlingCodes.has(code)) return 'throttled';
    if (credentialCodes.has(code)) return 'credentials';
    if (/^(AccessDenied|Unauthorized|NotAuthorized)/.test(code)) return 'denied';
  }
  if (status === 429) return 'throttled';
  if (status === 401 || status === 403) return 'denied';
  if (status !== undefined && status >= 500) return 'server';
  if (status !== undefined && status < 400) return 'malformed';
  if (status !== undefined) return 'refused';
  if (network?.startsWith('HPE_') === true) return 'malformed';
  if (network !== undefined) return 'unreachable';
  if (code === 'SyntaxError' || hasResponse(error)) return 'malformed';
  return 'refused';
}

/** True for errors that no answer and no network explains: a mistake in our own code, which must not pass for a failed call. */
export function isProgrammingError(error: unknown): boolean {
  const ours = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return ours && statusOf(error) === undefined && wordOf(error, 'code') === undefined && !hasResponse(error);
}

/** Names and codes come from answers too: only what looks like an identifier is passed on. */
function wordOf(error: unknown, key: 'name' | 'code'): string | undefined {
  const word: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;
  return typeof word === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(word) ? word : undefined;
}

/** Providers quote what they read (the output of a credential process, say), so their messages are recognised, not repeated. */
function credentialTrouble(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  const profile = /^Could not resolve credentials using profile: \[([\w.@ -]{1,64})\]/.exec(message)?.[1];
  if (profile !== undefined) return `the profile "${profile}" has none, or does not exist`;
  if (/\bsso\b/i.test(message)) return 'the SSO session has ended; sign in with `aws sso login`';
  if (message.startsWith('Could not load credentials from any providers')) return 'no provider of the chain has any';
  return undefined;
}

function statusOf(error: unknown): number | undefined {
  const metadata: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, '$metadata') : undefined;
  const status: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? status : undefined;
}

function hasResponse(error: unknown): boolean {
  return typeof error === 'object' && error !== null && '$response' in error;
}
