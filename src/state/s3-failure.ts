import { UserError } from '../model/errors.ts';
import { troubleOf, type S3Trouble } from './s3-error.ts';
import type { S3Location } from './s3-location.ts';

/** The actions that a state in S3 needs; the first three on its objects, the last on the bucket. */
export type S3Action = 's3:GetObject' | 's3:PutObject' | 's3:DeleteObject' | 's3:ListBucket';

/** Where a call was made, for the message about its failure. */
export interface S3Place extends S3Location {
  /** Relative to the prefix; of a list, what it asked for. */
  readonly key: string;
  readonly region: string;
}

/**
 * Makes what the SDK threw a UserError `state-failed`; bugs come back as they are. No text of an answer gets in, which may quote the request, and
 * no cause: from the answer, an error of the SDK leads to the headers of the request, and the session token is one.
 */
export function s3Failure(error: unknown, action: S3Action, place: S3Place): unknown {
  const trouble = troubleOf(error);
  if (trouble === undefined) return error;
  const what = [trouble.code, ...(trouble.status === undefined ? [] : [`HTTP ${trouble.status}`])].filter(Boolean).join(', ');
  const message = `${action} on s3://${place.bucket}/${place.prefix}${place.key} failed: ${what === '' ? 'the answer makes no sense' : what}`;
  return new UserError('state-failed', message, { hint: hintFor(trouble, action, place) });
}

function hintFor({ code = '', status, kmsAction }: S3Trouble, action: S3Action, place: S3Place): string {
  if (/^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(code))
    return 'No credentials were found: sign in, or name a profile; `aws sts get-caller-identity` shows what the SDK finds.';
  if (/^(ExpiredToken|ExpiredTokenException|TokenRefreshRequired)$/.test(code)) return 'Renew the credentials and run again.';
  if (/^(InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|InvalidSecurity)$/.test(code))
    return 'Check the credentials and AWS_REGION: S3 does not know them there (partitions such as China have their own).';
  if (code === 'NoSuchBucket') return 'Make the bucket, or mend its name in --state-dir: sealcheck makes none.';
  if (code === 'RequestTimeTooSkewed') return 'Set the clock of this machine right.';
  if (/^(PermanentRedirect|IllegalLocationConstraintException|AuthorizationHeaderMalformed)$/.test(code) || status === 301)
    return `The bucket is not in ${place.region}: set AWS_REGION to its region.`;
  if (kmsAction !== undefined) return `the bucket is encrypted with a key of KMS: grant ${kmsAction} on that key`;
  if (status === 401 || status === 403) return denied(action, place);
  if (code === 'NotImplemented' || status === 501)
    return 'This store does not know conditional writes (If-None-Match), which keep two runs from overwriting each other: use another.';
  if (status === undefined) return 'Check the network, any proxy in between, the region and AWS_ENDPOINT_URL, and run again.';
  return 'Run again; if it stays, look the code up in the API reference of S3.';
}

function denied(action: S3Action, { bucket, prefix, region }: S3Place): string {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const list = `s3:ListBucket on ${arn}`;
  if (action === 's3:ListBucket') return `Grant ${list}.`;
  // Without the right to list, S3 says 403 of an object that is not there, too.
  return `Grant ${action} on ${arn}/${prefix}*${action === 's3:GetObject' ? `, and ${list}` : ''}.`;
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}
