/** What an error of the SDK says of itself. Only what looks like an identifier is passed on: answers may come from anything in between. */
export interface S3Trouble {
  /** S3's own code, such as AccessDenied; or what the system says of the network, such as ECONNREFUSED. */
  readonly code: string | undefined;
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  /** The region of the bucket, where the answer names one. */
  readonly region: string | undefined;
  /** The action on a key of KMS that was denied, such as kms:Decrypt. */
  readonly kmsAction: string | undefined;
}

/** Undefined for errors that no answer and no network explains: bugs. */
export function troubleOf(error: unknown): S3Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const status = numberAt(fieldOf(error, '$metadata'), 'httpStatusCode');
  const network = wordAt(error, 'code') ?? wordAt(fieldOf(error, 'cause'), 'code');
  const name = wordAt(error, 'name');
  const known = name !== undefined && !/^([A-Z][a-z]+)?Error$/.test(name);
  const checksum = /^Checksum mismatch/.test(error.message);
  const late = name === 'TimeoutError' || name === 'AbortError';
  const answered = status !== undefined || '$response' in error;
  const ours = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  if (!answered && (ours || !(network !== undefined || known || checksum || late))) return undefined;
  return {
    code: checksum ? 'ChecksumMismatch' : (network ?? (late ? 'TimeoutError' : known ? name : undefined)),
    status,
    region: regionIn(fieldOf(fieldOf(error, '$response'), 'headers')),
    kmsAction: /\bkms:[A-Z][A-Za-z]{2,40}\b/.exec(error.message)?.[0],
  };
}

const retryCodes = new Set([
  'ChecksumMismatch',
  'ConditionalRequestConflict',
  'InternalError',
  'OperationAborted',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeTooSkewed',
  'ServiceUnavailable',
  'SlowDown',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
]);

/**
 * Whether the same call may go well in a moment. Of the client's own clock too: the SDK sets its own right by the answer.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
 */
export function mayPass({ code, status }: S3Trouble): boolean {
  if (code !== undefined && retryCodes.has(code)) return true;
  if (status === undefined) return code !== undefined && /^(E[A-Z_]+|HPE_\w+|ERR_\w+)$/.test(code);
  return status === 429 || (status >= 500 && status !== 501);
}

function regionIn(headers: unknown): string | undefined {
  const region = fieldOf(headers, 'x-amz-bucket-region');
  return typeof region === 'string' && /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(region) ? region : undefined;
}

function wordAt(value: unknown, key: string): string | undefined {
  const word = fieldOf(value, key);
  return typeof word === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(word) ? word : undefined;
}

function numberAt(value: unknown, key: string): number | undefined {
  const number = fieldOf(value, key);
  return typeof number === 'number' ? number : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
