import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createValueClassifier, type ValueClassifier } from '../../src/resources/secret-value.ts';

let classify: ValueClassifier;
beforeAll(async () => {
  classify = await createValueClassifier();
});

// Put together when the tests run, so that no scanner takes this file for a leak.
const dashes = '-'.repeat(5);
const pem = (kind: string) => `${dashes}BEGIN ${kind}${dashes}\nMIIFAKE\n${dashes}END ${kind}${dashes}`;
const url = (scheme: string, password: string, rest = 'db.internal:5432/app') => `${scheme}://svc:${password}@${rest}`;
const fake = (length: number, letters = 'Fake0') => letters.repeat(length).slice(0, length);
const upper = (length: number) => fake(length, 'FAKE');
const keyId = 'AK' + 'IA' + upper(16);
const secretKey = fake(40, 'Fake1Example/');
const part = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url');

describe('values that look like a credential', () => {
  const cases: [string, string, string][] = [
    ['PEM private key', pem('RSA PRIVATE KEY'), 'private-key'],
    ['PKCS 8 private key', pem('PRIVATE KEY'), 'private-key'],
    ['OpenSSH private key', pem('OPENSSH PRIVATE KEY'), 'private-key'],
    ['encrypted private key', pem('ENCRYPTED PRIVATE KEY'), 'private-key'],
    ['PGP private key', pem('PGP PRIVATE KEY BLOCK'), 'private-key'],
    ['private key after a certificate', `${pem('CERTIFICATE')}\n${pem('EC PRIVATE KEY')}`, 'private-key'],
    ['postgres URL', url('postgres', 'Fake-Pass-1'), 'url-credentials'],
    ['jdbc URL', url('jdbc:mysql', 'Fake-Pass-1'), 'url-credentials'],
    ['https URL', url('https', 'FAKEpass', 'git.example.com/a.git'), 'url-credentials'],
    ['mongodb URL in a text', `see ${url('mongodb+srv', 'Fake%401', 'c0.example.net')} for it`, 'url-credentials'],
    ['redis URL without a user', `redis://:${fake(12)}@cache:6379/0`, 'url-credentials'],
    [
      'URL with a reference and one with a password',
      `${url('amqp', '${PASS}', 'a')} ${url('amqp', 'Fake-Pass-1', 'b')}`,
      'url-credentials',
    ],
    ['AWS key pair', `${keyId}:${secretKey}`, 'aws-access-key'],
    ['AWS credentials file', `[default]\naws_access_key_id = ${keyId}\naws_secret_access_key = ${secretKey}`, 'aws-access-key'],
    ['AWS secret key with its name', `aws_secret_access_key=${secretKey}`, 'literal-credential'],
    ['GitHub token', 'ghp' + '_' + upper(36), 'github-token'],
    ['GitHub fine-grained token', 'github' + '_pat_' + fake(82), 'github-token'],
    ['GitLab token', 'gl' + 'pat-' + fake(20), 'gitlab-token'],
    ['Slack token', 'xo' + 'xb-' + '1234567890-' + fake(24), 'slack-token'],
    ['Slack webhook', 'https://hooks.slack' + '.com/services/' + `T${upper(8)}/B${upper(8)}/${fake(24)}`, 'slack-webhook'],
    ['Stripe key', 'sk' + '_live_' + fake(24), 'stripe-key'],
    ['Stripe test key', 'rk' + '_test_' + fake(24), 'stripe-key'],
    ['npm token', 'npm' + '_' + upper(36), 'npm-token'],
    ['npmrc', '//' + 'npm.example.com/:_auth' + 'Token=' + fake(36), 'npm-token'],
    ['PyPI token', 'py' + 'pi-AgE' + fake(60), 'pypi-token'],
    ['Google API key', 'AI' + 'za' + fake(35), 'google-api-key'],
    ['OpenAI key', 'sk-' + 'proj-' + fake(60), 'openai-key'],
    ['Anthropic key', 'sk-' + 'ant-api03-' + fake(80), 'anthropic-key'],
    ['SendGrid key', `S${'G'}.${fake(22)}.${fake(43)}`, 'sendgrid-key'],
    ['JWT', `${part({ alg: 'none', typ: 'FAKE' })}.${part({ sub: 'FAKE', iat: 1 })}.${fake(43)}`, 'jwt'],
    ['authorization header', `Authorization: Bearer ${fake(32)}`, 'authorization-header'],
    ['basic authorization', `Basic ${Buffer.from('svc:Fake-Pass-1-EXAMPLE').toString('base64')}`, 'authorization-header'],
    ['Azure SAS', `https://x.blob.core.windows.net/c?sv=2024&sig=${fake(43)}%3D`, 'azure-sas'],
    ['JSON with a password', JSON.stringify({ username: 'svc', password: 'Fake-Pass-1' }), 'literal-credential'],
    ['JSON with a plain password', JSON.stringify({ password: 'fakefakefake' }), 'literal-credential'],
    ['JSON, nested', JSON.stringify({ a: [{ db: { host: 'h', port: 1, DB_PASSWORD: 'Fake-Pass-1' } }] }), 'literal-credential'],
    ['JSON, cut short', JSON.stringify({ password: 'Fake-Pass-1', more: 'x' }).slice(0, -5), 'literal-credential'],
    ['JSON in JSON', JSON.stringify({ config: JSON.stringify({ password: 'Fake-Pass-1' }) }), 'literal-credential'],
    ['JSON with a client secret', JSON.stringify({ client_id: 'x', client_secret: fake(32) }), 'literal-credential'],
    ['JSON with an API key', JSON.stringify({ apiKey: fake(24) }), 'literal-credential'],
    ['env file', `LOG_LEVEL=debug\nexport DB_PASSWORD=Fake-Pass-1\nPORT=1`, 'literal-credential'],
    ['properties', 'spring.datasource.password = Fake-Pass-1', 'literal-credential'],
    ['YAML', 'db:\n  host: h\n  password: "Fake Pass 1"\n', 'literal-credential'],
    ['connection string', 'Server=db;User Id=svc;Password=Fake-Pass-1;', 'literal-credential'],
    ['storage connection string', `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${fake(86)}==`, 'literal-credential'],
    ['libpq', 'host=db user=svc password=Fake-Pass-1 dbname=app', 'literal-credential'],
    ['query of a URL', 'jdbc:postgresql://db/app?user=svc&password=Fake-Pass-1', 'literal-credential'],
    ['XML', '<config><password>Fake-Pass-1</password></config>', 'literal-credential'],
    ['with a comment for the scanner', `// secretlint-disable\nghp${'_'}${upper(36)}`, 'github-token'],
    ['found by secretlint', 'lin' + '_api_' + fake(40), 'linear-token'],
  ];
  it.each(cases)('%s', async (_, value, kind) => {
    expect(await classify(value)).toEqual({ looksSecret: true, kind });
  });
});

describe('values that do not', () => {
  const hex = '0123456789abcdef';
  const cases: [string, string][] = [
    ['nothing', ''],
    ['a word', 'production'],
    ['the word password', 'password'],
    ['a sentence', 'Basic understanding of the token bucket: a password must have at least 8 characters'],
    ['a number', '1234567890123456'],
    ['a date', '2026-01-01T00:00:00Z'],
    ['a version', '1.2.3-rc.4'],
    ['an ARN', 'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf'],
    ['ARNs', 'arn:aws:iam::111122223333:role/secret-reader,arn:aws:iam::111122223333:role/token'],
    ['a UUID', '1b4e28ba-2fa1-11d2-883f-0016d3cca427'],
    ['an MD5', hex.repeat(2)],
    ['a SHA-1', (hex + hex + hex).slice(0, 40)],
    ['a SHA-256', hex.repeat(4)],
    ['a git commit with its ref', `refs/heads/main ${(hex + hex + hex).slice(0, 40)}`],
    ['an image by digest', `111122223333.dkr.ecr.us-east-1.amazonaws.com/app@sha256:${hex.repeat(4)}`],
    ['an AMI', 'ami-0123456789abcdef0'],
    ['forty characters', fake(40, 'Fake1Example/')],
    ['random characters', 'q7Zk2mXv9PbT4wLr8NcY'],
    ['a long value', 'word '.repeat(5000)],
    ['base64', Buffer.from('only a longer text, nothing else 1234567890').toString('base64')],
    ['an access key id alone', keyId],
    ['a path', '/prod/db/password'],
    ['a file', './secrets/token.txt'],
    ['a URL', 'https://example.com/token?page=2#password'],
    ['a URL with a port and an @', 'https://example.com:8443/@scope/package'],
    ['a URL with a user', 'ssh://git@github.com/acme/app.git'],
    ['a URL with placeholders', 'postgres://${DB_USER}:${DB_PASSWORD}@db:5432/app'],
    ['a URL with a variable', 'postgres://svc:$DB_PASSWORD@db:5432/app'],
    ['a URL with angle brackets', 'postgres://user:<password>@host/db'],
    ['a URL with a mask', 'postgres://svc:****@db/app'],
    ['a URL with the word', 'postgres://user:password@host/db'],
    ['a URL with a dynamic reference', 'postgres://svc:{{resolve:secretsmanager:prod/db:SecretString:password}}@db/app'],
    ['a dynamic reference', '{{resolve:secretsmanager:prod/db:SecretString:password}}'],
    ['a secure dynamic reference', '{{resolve:ssm-secure:/prod/db/password:1}}'],
    ['an address', 'alice@example.com'],
    ['a public key', pem('PUBLIC KEY')],
    ['a certificate', pem('CERTIFICATE')],
    ['an SSH public key', `ssh-ed25519 AAAA${fake(60)} alice@example`],
    ['a publishable key', 'pk' + '_live_' + fake(24)],
    ['JSON without credentials', JSON.stringify({ host: 'db', port: 5432, tls: true, region: 'us-east-1' })],
    ['JSON with a reference', JSON.stringify({ password: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:prod/db-AbCdEf' })],
    ['JSON with the name of a secret', JSON.stringify({ secret: 'prod/orders-db', password: 'prod/db/password' })],
    ['JSON with the name of a secret, no path', JSON.stringify({ secret: 'orders-db' })],
    ['JSON with rules for passwords', JSON.stringify({ password_policy: { min_length: 14 }, passwordRegex: '^.{8,}$' })],
    ['JSON with limits for tokens', JSON.stringify({ max_tokens: 4096, token_ttl: '3600s', tokenEndpoint: 'https://example.com/token' })],
    ['JSON with an empty password', JSON.stringify({ password: '' })],
    ['JSON with a placeholder', JSON.stringify({ password: '${DB_PASSWORD}', token: '<your-token>', secret: 'REDACTED' })],
    ['JSON with a key of another kind', JSON.stringify({ key: 'abc123def456', primary_key: 'order1234567', kms_key: hex.repeat(2) })],
    ['a policy', JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 'secretsmanager:*', Resource: '*' }] })],
    ['a JSON schema', JSON.stringify({ properties: { password: { type: 'string' }, token: { type: 'string' } }, required: ['password'] })],
    ['env file with references', 'DB_PASSWORD=${SECRET}\nSECRET_ARN=arn:aws:x\nTOKEN_TTL=3600'],
    ['env file with a command', 'DB_PASSWORD=$(aws ssm get-parameter --name x)'],
    ['flags', 'show_password=true;token=none;password=required'],
    ['code', 'token = getToken(request)'],
    ['a bcrypt hash', `$2b$12$${fake(53)}`],
  ];
  it.each(cases)('%s', async (_, value) => {
    expect(await classify(value)).toEqual({ looksSecret: false });
  });
});

describe('the classifier', () => {
  it('looks at the first 64 KB only', async () => {
    const key = pem('RSA PRIVATE KEY');
    expect((await classify(`${'x '.repeat(1000)}${key}`)).looksSecret).toBe(true);
    expect((await classify(`${' '.repeat(64 * 1024)}${key}`)).looksSecret).toBe(false);
  });

  it('says nothing of the value', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'{}":=@/$<>-_ a1A.', 'password', '://') })),
        async (value) => {
          const verdict = await classify(value);
          expect(Object.keys(verdict).filter((key) => key !== 'looksSecret' && key !== 'kind')).toEqual([]);
          expect(verdict.kind ?? 'absent').toMatch(/^[a-z][a-z-]*$/);
          expect(verdict.kind !== undefined).toBe(verdict.looksSecret);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends on hostile values', async () => {
    for (const unit of [
      '"a":',
      '{{',
      '<a>',
      'a=',
      'http://a:',
      'eyJa.',
      'xoxb-',
      '-----BEGIN ',
      '\\"',
      'mongodb://a:b',
      'a-',
      '/a',
      '${',
      '\n',
      'a.',
      'Bearer ',
      'curl -u a ',
      'mysql a ',
      'docker login -p ',
      'machine a login b password ',
      'create user password ',
      'a:1234:b:',
      'chpasswd a:b',
      'a:b@',
      '--a ',
      '{ a: ',
      'QUJD',
    ]) {
      expect((await classify(unit.repeat(100_000))).looksSecret).toBeTypeOf('boolean');
    }
  });

  it('gets no path to read from in its rules', () => {
    const driver = readFileSync(new URL('../../src/resources/secretlint-rules.ts', import.meta.url), 'utf8');
    expect(driver).toContain('filePath: undefined');
    expect(driver).toContain("ext: ''");
  });
});
