import { describe, expect, it } from 'vitest';
import { classifyError, isProgrammingError } from '../../../src/sources/aws/classify-error.ts';
import { MalformedAnswer } from '../../../src/sources/aws/failures.ts';

const operation = 'secretsmanager:GetResourcePolicy';

function thrown(name: string, facts: { status?: number; code?: string; message?: string } = {}): Error {
  const error = Object.assign(new Error(facts.message ?? 'CANARY-IN-MESSAGE'), { name });
  if (facts.code !== undefined) Object.assign(error, { code: facts.code });
  if (facts.status !== undefined) Object.assign(error, { $metadata: { httpStatusCode: facts.status } });
  return error;
}

describe('classifyError', () => {
  it.each([
    ['denied, JSON services', thrown('AccessDeniedException', { status: 400 }), 'denied', 'access-denied'],
    ['denied, query services', thrown('AccessDenied', { status: 403 }), 'denied', 'access-denied'],
    ['denied, another word', thrown('UnauthorizedOperation', { status: 403 }), 'denied', 'access-denied'],
    ['denied with a body that is not JSON', thrown('SyntaxError', { status: 403 }), 'denied', 'access-denied'],
    ['denied by a name never seen', thrown('SomethingNew', { status: 403 }), 'denied', 'access-denied'],
    ['expired', thrown('ExpiredTokenException', { status: 400 }), 'expired', 'request-failed'],
    ['expired, query services', thrown('ExpiredToken', { status: 403 }), 'expired', 'request-failed'],
    ['region not enabled', thrown('UnrecognizedClientException', { status: 400 }), 'unrecognized', 'request-failed'],
    ['region not enabled, query services', thrown('InvalidClientTokenId', { status: 403 }), 'unrecognized', 'request-failed'],
    ['opt-in required', thrown('OptInRequired', { status: 403 }), 'unrecognized', 'request-failed'],
    ['throttled', thrown('ThrottlingException', { status: 400 }), 'throttled', 'throttled'],
    ['throttled, query services', thrown('Throttling', { status: 400 }), 'throttled', 'throttled'],
    ['throttled by status alone', thrown('UnknownError', { status: 429 }), 'throttled', 'throttled'],
    ['no credentials', thrown('CredentialsProviderError'), 'credentials', 'request-failed'],
    ['timeout', thrown('TimeoutError'), 'timeout', 'timeout'],
    ['timeout of the socket', thrown('Error', { code: 'ETIMEDOUT' }), 'timeout', 'timeout'],
    ['server error', thrown('InternalServiceError', { status: 500 }), 'server', 'request-failed'],
    ['server error with an HTML body', thrown('SyntaxError', { status: 502 }), 'server', 'request-failed'],
    ['garbage with status 200', thrown('SyntaxError', { status: 200 }), 'malformed', 'malformed-response'],
    ['garbage that the client trips over', thrown('TypeError', { status: 200 }), 'malformed', 'malformed-response'],
    ['garbage without a status', thrown('SyntaxError'), 'malformed', 'malformed-response'],
    ['not HTTP', thrown('Error', { code: 'HPE_INVALID_CONSTANT' }), 'malformed', 'malformed-response'],
    ['a missing field', new MalformedAnswer('no ARN'), 'malformed', 'malformed-response'],
    ['no connection', thrown('Error', { code: 'ECONNREFUSED' }), 'unreachable', 'request-failed'],
    ['a broken connection, which the SDK calls a timeout', thrown('TimeoutError', { code: 'ECONNRESET' }), 'unreachable', 'request-failed'],
    ['no such host', thrown('Error', { code: 'ENOTFOUND' }), 'unreachable', 'request-failed'],
    ['not found', thrown('ResourceNotFoundException', { status: 400 }), 'refused', 'request-failed'],
    ['an operation that the server lacks', thrown('SyntaxError', { status: 404 }), 'refused', 'request-failed'],
    ['something that is no error', 'CANARY-IN-MESSAGE', 'refused', 'request-failed'],
  ])('%s', (_name, error, kind, reason) => {
    const failure = classifyError(error, operation);
    expect(failure).toMatchObject({ kind, reason, operation });
    expect(failure.detail).toContain(operation);
    expect(JSON.stringify(failure)).not.toContain('CANARY');
  });

  it('names the error code and the operation', () => {
    expect(classifyError(thrown('AccessDeniedException', { status: 400 }), operation).detail).toBe(
      'AccessDeniedException on secretsmanager:GetResourcePolicy',
    );
    expect(classifyError(thrown('SyntaxError', { status: 403 }), operation).detail).toBe('HTTP 403 on secretsmanager:GetResourcePolicy');
  });

  it('passes on no name that could be content', () => {
    const failure = classifyError(thrown('{"SecretString":"CANARY-IN-NAME"}', { status: 400 }), operation);
    expect(failure.code).toBeUndefined();
    expect(failure.detail).toBe('HTTP 400 on secretsmanager:GetResourcePolicy');
  });

  it.each([
    ['a profile that is not there', 'Could not resolve credentials using profile: [prod] in configuration file(s).', 'the profile "prod"'],
    ['a session that is over', 'The SSO session associated with this profile has expired.', 'aws sso login'],
    ['an empty chain', 'Could not load credentials from any providers', 'no provider of the chain has any'],
  ])('says of credentials: %s', (_name, message, expected) => {
    expect(classifyError(thrown('CredentialsProviderError', { message }), 'sts:GetCallerIdentity').detail).toContain(expected);
  });
});

describe('isProgrammingError', () => {
  it('is true for an error that no answer explains', () => {
    expect(isProgrammingError(new TypeError('x is not a function'))).toBe(true);
  });

  it.each([
    ['an answer with a status', thrown('TypeError', { status: 200 })],
    ['an answer without', Object.defineProperty(new TypeError('unreadable'), '$response', { value: {} })],
    ['the network', Object.assign(new TypeError('no'), { code: 'ENOTFOUND' })],
  ])('is false for %s', (_name, error) => {
    expect(isProgrammingError(error)).toBe(false);
  });
});
