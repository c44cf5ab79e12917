import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3';
import { UserError } from '../model/errors.ts';
import { checkKey, folderOf, isKey, sortedKeys } from './object-key.ts';
import { openS3, type S3ClientSettings } from './s3-calls.ts';
import { troubleOf } from './s3-error.ts';
import { s3Failure, type S3Action } from './s3-failure.ts';
import type { S3Location } from './s3-location.ts';
import { defaultS3Timing, type S3Timing } from './s3-timing.ts';
import type { StateStore } from './state-store.ts';

/** Of the metadata of an object: which write made it. */
const writeId = 'sealcheck-write';

/**
 * A state in a bucket, encrypted as the bucket is by default. `putIfAbsent` is a conditional write.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export async function createS3Store(
  location: S3Location,
  settings: S3ClientSettings = {},
  timing: Partial<S3Timing> = {},
): Promise<StateStore> {
  const calls = await openS3(settings, { ...defaultS3Timing, ...timing });
  const { bucket, prefix } = location;
  const at = (key: string) => ({ Bucket: bucket, Key: `${prefix}${key}` });
  const naming = async <T>(action: S3Action, key: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw s3Failure(error, action, { ...location, key, region: calls.region() });
    }
  };
  const put = async (key: string, bytes: Buffer, extra: { readonly IfNoneMatch?: '*'; readonly Metadata?: Record<string, string> }) => {
    const command = { ...at(key), Body: bytes, ContentLength: bytes.length, ContentType: contentType(key), ...extra };
    const { ETag } = await calls.make(async (client, options) => await client.send(new PutObjectCommand(command), options));
    if (ETag === undefined) throw malformed('s3:PutObject', location);
  };

  /**
   * Whether the object that was in the way is the one that this very write made: the answer to an attempt can get lost after S3 has done what it
   * says. Undefined: there is none any more.
   */
  const isOwn = async (key: string, id: string): Promise<boolean | undefined> =>
    await naming('s3:GetObject', key, async () => {
      try {
        const { Metadata } = await calls.make(async (client, options) => await client.send(new HeadObjectCommand(at(key)), options));
        return Metadata?.[writeId] === id;
      } catch (error) {
        // An answer to HEAD has no body that could say more.
        if (troubleOf(error)?.status === 404) return undefined;
        throw error;
      }
    });

  /**
   * Whether a list shows that there is no such object; false where we may not list either. Who may list under a prefix alone, as a policy with
   * `s3:prefix` says, is told 403 of an object that is not there: S3 does not count that as the right to list.
   */
  const isListedAbsent = async (key: string): Promise<boolean> => {
    const command = { Bucket: bucket, Prefix: `${prefix}${key}`, MaxKeys: 1 };
    try {
      const { KeyCount, Contents } = await calls.make(
        async (client, options) => await client.send(new ListObjectsV2Command(command), options),
      );
      // Of all keys that begin so, the key itself comes first.
      return KeyCount === 0 || (Contents?.[0]?.Key ?? command.Prefix) !== command.Prefix;
    } catch (error) {
      if (troubleOf(error) === undefined) throw error;
      return false;
    }
  };

  return {
    label: `s3://${bucket}/${prefix}`,
    read: async (key) => {
      checkKey(key);
      return await naming('s3:GetObject', key, async () => {
        try {
          return await calls.make(async (client, options) => {
            const { Body } = await client.send(new GetObjectCommand(at(key)), options);
            return Buffer.from((await Body?.transformToByteArray()) ?? []);
          });
        } catch (error) {
          const trouble = troubleOf(error);
          // Any other 404 tells of the bucket, or was not said by S3.
          if (trouble?.code === 'NoSuchKey') return undefined;
          if (trouble?.status === 403 && (await isListedAbsent(key))) return undefined;
          throw error;
        }
      });
    },
    putIfAbsent: async (key, bytes) => {
      checkKey(key);
      const id = randomUUID();
      for (let round = 1; ; round += 1) {
        try {
          await put(key, bytes, { IfNoneMatch: '*', Metadata: { [writeId]: id } });
          return true;
        } catch (error) {
          const refused = troubleOf(error)?.status === 412;
          const own = refused ? await isOwn(key, id) : undefined;
          if (own !== undefined) return own;
          // Removed between two answers: it can be written now.
          if (!refused || round === 3) throw s3Failure(error, 's3:PutObject', { ...location, key, region: calls.region() });
        }
      }
    },
    put: async (key, bytes) => {
      checkKey(key);
      await naming('s3:PutObject', key, async () => {
        await put(key, bytes, {});
      });
    },
    list: async (folder) => {
      folderOf(folder);
      return await naming('s3:ListBucket', folder, async () => {
        const keys: string[] = [];
        let token: string | undefined;
        do {
          const page: ListObjectsV2CommandOutput = await calls.make(
            async (client, options) =>
              await client.send(
                // Keys of others may hold what XML cannot.
                new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}${folder}`, ContinuationToken: token, EncodingType: 'url' }),
                options,
              ),
          );
          keys.push(...(page.Contents ?? []).flatMap(({ Key }) => keyOf(Key, prefix)));
          token = page.NextContinuationToken;
          // No list, or half of one, would say that runs are not there.
          if (page.IsTruncated === undefined || (page.IsTruncated && token === undefined)) throw malformed('s3:ListBucket', location);
        } while (token !== undefined);
        return sortedKeys(keys);
      });
    },
    remove: async (key) => {
      checkKey(key);
      await naming('s3:DeleteObject', key, async () => {
        await calls.make(async (client, options) => await client.send(new DeleteObjectCommand(at(key)), options));
      });
    },
    close: calls.close,
  };
}

/** What is not ours by its name is passed over, such as the empty object that the console makes for a folder. */
function keyOf(encoded: string | undefined, prefix: string): readonly string[] {
  if (encoded === undefined) return [];
  const whole = decodeURIComponent(encoded.replaceAll('+', ' '));
  const key = whole.slice(prefix.length);
  return whole.startsWith(prefix) && isKey(key) ? [key] : [];
}

function malformed(action: S3Action, { bucket, prefix }: S3Location): UserError {
  return new UserError('state-failed', `${action} on s3://${bucket}/${prefix} failed: the answer makes no sense`, {
    hint: 'something in between (a proxy, another endpoint) may have answered for S3; check AWS_ENDPOINT_URL, and run again',
  });
}

function contentType(key: string): string {
  if (key.endsWith('.gz')) return 'application/gzip';
  if (key.endsWith('.ndjson')) return 'application/x-ndjson';
  return key.endsWith('.json') ? 'application/json' : 'application/octet-stream';
}
