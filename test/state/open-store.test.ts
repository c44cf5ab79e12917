import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/state/open-store.ts';
import { parseS3Location } from '../../src/state/s3-location.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { writeFiles } from '../support/write-files.ts';
import { failureOf } from './failure-of.ts';

describe('the location of a state', () => {
  it.each([
    ['s3://state-bucket', 'state-bucket', ''],
    ['s3://state-bucket/', 'state-bucket', ''],
    ['s3://state-bucket/sealcheck', 'state-bucket', 'sealcheck/'],
    ['s3://state-bucket/sealcheck/', 'state-bucket', 'sealcheck/'],
    ['s3://my.bucket.1/team=a/env_1/x+y,z', 'my.bucket.1', 'team=a/env_1/x+y,z/'],
    ['s3://abc/a.b', 'abc', 'a.b/'],
    [`s3://${'a'.repeat(63)}/p`, 'a'.repeat(63), 'p/'],
    ['s3://audit-o1a2b3c4-s3alias/p', 'audit-o1a2b3c4-s3alias', 'p/'],
  ])('%s is in S3', async (location, bucket, prefix) => {
    expect(parseS3Location(location)).toEqual({ bucket, prefix });
    const store = await openStore(location, { env: {} });
    expect(store.label).toBe(`s3://${bucket}/${prefix}`);
    store.close();
  });

  it.each(['state', './s3:/x', 'C:\\state', 'a:b', 's3', 'state/s3://x'])('%s is a folder', (location) => {
    expect(parseS3Location(location)).toBeUndefined();
  });

  it.each([
    ['s3:/state-bucket/x', /s3: is not followed by \/\//],
    ['s3:state-bucket', /s3: is not followed by \/\//],
    ['S3://state-bucket/x', /S3: is not followed by/],
    ['s3://', /bucket is missing/],
    ['s3:///prefix', /bucket is missing/],
    ['s3://ab/x', /3 to 63 characters/],
    [`s3://${'a'.repeat(64)}/x`, /3 to 63 characters/],
    ['s3://My-Bucket/x', /other characters/],
    ['s3://my_bucket/x', /other characters/],
    ['s3://-bucket/x', /begin and end/],
    ['s3://bucket-/x', /begin and end/],
    ['s3://.bucket/x', /begin and end/],
    ['s3://a..b/x', /two dots/],
    ['s3://192.168.5.4/x', /IP address/],
    ['s3://xn--bucket/x', /AWS keeps/],
    ['s3://sthree-bucket/x', /AWS keeps/],
    ['s3://amzn-s3-demo-bucket/x', /AWS keeps/],
    ['s3://bucket--usw2-az1--x-s3/x', /general purpose/],
    ['s3://bucket--ol-s3/x', /general purpose/],
    ['s3://bucket.mrap/x', /general purpose/],
    ['s3://state-bucket//x', /empty part/],
    ['s3://state-bucket/x//', /empty part/],
    ['s3://state-bucket/../x', /a part \. or \.\./],
    ['s3://state-bucket/./x', /a part \. or \.\./],
    ['s3://state-bucket/a b', /prefix in the bucket has other characters/],
    ['s3://state-bucket/a?versionId=1', /prefix in the bucket has other characters/],
    ['s3://state-bucket/a*', /prefix in the bucket has other characters/],
    ['s3://state-bucket/a\nb', /prefix in the bucket has other characters/],
    [`s3://state-bucket/${'a'.repeat(501)}`, /longer than 500/],
    ['s3://AKIAFAKE123456789012:FakeSecret@state-bucket/x', /other characters/],
    ['https://state-bucket.s3.eu-central-1.amazonaws.com/x?X-Amz-Signature=FakeSecret', /not kept at https:\/\//],
    ['gs://state-bucket/x', /not kept at gs:\/\//],
    ['file:///var/state', /not kept at file:\/\//],
    ['arn:aws:s3:::state-bucket/x', /not named by an ARN/],
    ['', /location is empty/],
    ['a\0b', /location is empty/],
  ])('%j is refused, and what may be secret in it not repeated', async (location, message) => {
    const failure = await failureOf(openStore(location));
    expect(failure.code).toBe('usage');
    expect(failure.message).toMatch(message);
    expect(failure.hint).not.toBe('');
    expect(JSON.stringify(failure)).not.toMatch(/FakeSecret|AKIAFAKE/);
  });

  it('a folder is made when it is written, or at once for writing', async () => {
    const folder = join(temporaryFolder(), 'deep/state');
    const store = await openStore(folder);
    expect(store.label).toBe(`${folder}/`);
    expect(existsSync(folder)).toBe(false);
    await openStore(folder, { forWriting: true });
    expect(existsSync(folder)).toBe(true);
    expect((await openStore(`${folder}/`)).label).toBe(`${folder}/`);
  });

  it('a folder that cannot be written says so at once, for writing', async () => {
    const file = join(writeFiles({ state: '' }), 'state');
    expect(await failureOf(openStore(file, { forWriting: true }))).toMatchObject({
      code: 'state-failed',
      message: `cannot write ${file}: EEXIST`,
    });
  });
});
