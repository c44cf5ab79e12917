import { beforeAll, describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { describeUserData } from '../../src/resources/describe-user-data.ts';
import { createValueClassifier, type ValueClassifier } from '../../src/resources/secret-value.ts';

let classify: ValueClassifier;
beforeAll(async () => {
  classify = await createValueClassifier();
});

const script = (line: string) => `#!/bin/bash\nset -eu\n${line}\nsystemctl start app\n`;
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');
const bad = { looksSecret: true, kind: 'literal-credential' };
const good = { looksSecret: false };

describe('describeUserData', () => {
  const cases: readonly (readonly [what: string, text: string, expected: object])[] = [
    ['an exported password', script('export DB_PASSWORD=hunter2-example'), bad],
    ['the same in base64', base64(script('export DB_PASSWORD=hunter2-example')), bad],
    ['base64 in lines', base64(script('export DB_PASSWORD=hunter2-example')).replace(/.{20}/g, '$&\n'), bad],
    ['cloud-init', '#cloud-config\nwrite_files:\n  - path: /etc/app\n    password: hunter2-example\n', bad],
    ['a URL with a password', script('curl https://svc:Fake-Pass-1@example.com/x'), { looksSecret: true, kind: 'url-credentials' }],
    ['the password is read at start', script('DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id acme/prod/db)'), good],
    ['nothing of the kind', script('yum install -y httpd'), good],
    ['the same in base64', base64(script('yum install -y httpd')), good],
    ['words that could be base64', 'echo hello world', good],
    ['nothing', '', good],
    ['a hash that an older provider keeps', '0123456789abcdef0123456789abcdef01234567', { looksSecret: { reason: 'not-in-source' } }],
    ['compressed', base64(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3])), { looksSecret: { reason: 'not-in-source' } }],
  ];
  it.each(cases)('%s', async (_, text, expected) => {
    expect(await describeUserData(text, classify)).toMatchObject(expected);
  });

  it('is unknown where the text is', async () => {
    const why = new Unknown('known-after-apply', 'only apply will know it');
    expect(await describeUserData(why, classify)).toEqual({ looksSecret: why, kind: why });
  });

  it('keeps nothing of what a failing detector says', async () => {
    const described = await describeUserData('CANARY', (value) => Promise.reject(new Error(value)));
    expect(described).toMatchObject({ looksSecret: { reason: 'request-failed' } });
    expect(JSON.stringify(described)).not.toContain('CANARY');
  });
});
