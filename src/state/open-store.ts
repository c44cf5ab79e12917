import { UserError } from '../model/errors.ts';
import { parseS3Location } from './s3-location.ts';
import type { StateStore } from './state-store.ts';

/** What a store needs of the world; an `Io` of the command line has it. */
export interface StoreOptions {
  /** The environment: where AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_S3 names another S3, buckets go into the path. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Epoch milliseconds; default: the real time. */
  readonly now?: () => number;
  /** A profile of the AWS configuration; default: what the SDK finds. */
  readonly profile?: string;
}

/**
 * Opens a state: a folder, which need not be there yet, or `s3://bucket/prefix`, whose bucket has to be. Nothing is written or asked yet.
 * Throws UserError `usage` for a location that is neither.
 */
export async function openStore(location: string, options: StoreOptions = {}): Promise<StateStore> {
  const { env = {}, now = () => Date.now(), profile } = options;
  const place = parseS3Location(location);
  if (place !== undefined) {
    const { createS3Store } = await import('./s3-store.ts');
    const elsewhere = [env['AWS_ENDPOINT_URL_S3'], env['AWS_ENDPOINT_URL']].some((url) => url !== undefined && url !== '');
    return await createS3Store(place, { ...(elsewhere ? { forcePathStyle: true } : {}), ...(profile === undefined ? {} : { profile }) });
  }
  if (location === '' || location.includes('\0')) {
    throw new UserError('usage', 'the state is kept nowhere: its location is empty', { hint: 'name a folder, or s3://BUCKET/PREFIX' });
  }
  const { createFolderStore } = await import('./folder-store.ts');
  return createFolderStore(location, now);
}
