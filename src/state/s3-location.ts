import { UserError } from '../model/errors.ts';

/** A place in S3. */
export interface S3Location {
  readonly bucket: string;
  /** Begins every key; ends in `/`, or is empty. */
  readonly prefix: string;
}

const form = 'write it as s3://BUCKET/PREFIX';

/**
 * Understands `s3://bucket/prefix`, with or without a `/` at its end; undefined for what is no address at all, such as a folder. Throws
 * UserError `usage` for every other address, without repeating it: people paste keys and signed addresses.
 */
export function parseS3Location(location: string): S3Location | undefined {
  const [, scheme, rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]+):([\s\S]*)$/.exec(location) ?? [];
  if (scheme === undefined) return undefined;
  // A folder may have a colon in its name; one that begins like an address has to say that it is a folder.
  if (scheme.toLowerCase() === 'arn') throw new UserError('usage', 'a state is not named by an ARN', { hint: form });
  if (scheme.toLowerCase() !== 's3') {
    if (!rest.startsWith('//')) return undefined;
    throw new UserError('usage', `a state is not kept at ${scheme.toLowerCase()}://`, {
      hint: `name a folder by its path, or ${/^https?$/i.test(scheme) ? 'a bucket, not its web address: ' : ''}${form}`,
    });
  }
  if (scheme !== 's3' || !rest.startsWith('//'))
    throw new UserError('usage', `${scheme}: is not followed by //`, { hint: `${form}; a folder of that name is ./s3:…` });
  const [bucket = '', ...parts] = rest.slice(2).split('/');
  checkBucket(bucket);
  if (parts.at(-1) === '') parts.pop();
  if (parts.length === 0) return { bucket, prefix: '' };
  checkPrefix(parts);
  return { bucket, prefix: `${parts.join('/')}/` };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
function checkBucket(bucket: string): void {
  const wrong = wrongInBucket(bucket);
  if (wrong !== undefined) throw new UserError('usage', `the name of the bucket ${wrong}`, { hint: form });
}

function wrongInBucket(bucket: string): string | undefined {
  if (bucket === '') return 'is missing';
  if (!/^[a-z0-9.-]+$/.test(bucket)) return 'has other characters than a-z, 0-9, . and -';
  if (bucket.length < 3 || bucket.length > 63) return 'is not 3 to 63 characters long';
  if (!/^[a-z0-9].*[a-z0-9]$/.test(bucket)) return 'does not begin and end with a letter or digit';
  if (bucket.includes('..')) return 'has two dots in a row';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(bucket)) return 'is an IP address';
  if (/^(xn--|sthree-|amzn-s3-demo-)/.test(bucket)) return 'begins with what AWS keeps to itself';
  // The alias of an access point (-s3alias) stands for a bucket in requests, and is let through.
  if (/(--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(bucket)) return 'is not that of a general purpose bucket';
  return undefined;
}

function checkPrefix(parts: readonly string[]): void {
  const wrong = wrongInPrefix(parts);
  if (wrong !== undefined) throw new UserError('usage', `the prefix in the bucket ${wrong}`, { hint: form });
}

function wrongInPrefix(parts: readonly string[]): string | undefined {
  if (parts.some((part) => part === '')) return 'has an empty part: two / in a row';
  if (parts.some((part) => part === '.' || part === '..')) return 'has a part . or ..';
  if (!parts.every((part) => /^[A-Za-z0-9._=+,-]+$/.test(part))) return 'has other characters than letters, digits and . _ = + , -';
  // A key of S3 has 1,024 bytes; ours need up to 512.
  if (parts.join('/').length > 500) return 'is longer than 500 characters';
  return undefined;
}
