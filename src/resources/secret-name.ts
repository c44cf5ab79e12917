import { nameWords } from './name-words.ts';

/**
 * Whether the name of a parameter or an environment variable says that its value is a credential. As in English the
 * last word decides: `db_password` is one, `password_policy` and `token_ttl_seconds` are not. In a path the last
 * segment decides; its parent helps where it says little by itself (`/jwt/key`, `/db/password/current`).
 */
export function nameLooksSecret(name: string): boolean {
  return credentialKind(name) !== undefined;
}

/** Whether the name says that its value is the password, or the whole credential, of a database. */
export function nameIsDatabaseCredential(name: string): boolean {
  const kind = credentialKind(name);
  return (kind === 'password' || kind === 'secret') && nameWords(name).some((words) => words.some(namesDatabase));
}

export type CredentialKind = 'password' | 'secret' | 'token' | 'key';

/** What kind of credential the name speaks of; absent when of none. */
export function credentialKind(name: string): CredentialKind | undefined {
  // The working directory of a shell.
  if (name === 'PWD' || name === 'OLDPWD') return undefined;
  const segments = nameWords(name).map(withoutTrailingFillers);
  while (segments.length > 1 && segments.at(-1)?.length === 0) segments.pop();
  const words = segments.at(-1) ?? [];
  const noun = words.at(-1);
  if (noun === undefined) return undefined;
  const qualifiers = words.slice(0, -1);
  const kind = nouns.get(noun) ?? kindOfCompound(noun);
  switch (kind) {
    case 'password':
    case 'secret':
      return isAboutOne(qualifiers) ? undefined : kind;
    case 'token':
      return isAboutOne(qualifiers) || isHarmless(qualifiers, harmlessTokens) ? undefined : kind;
    case 'key':
      return isHarmless(qualifiers, harmlessKeys) || !namesSecretKey(noun, qualifiers, segments.at(-2) ?? []) ? undefined : kind;
    case undefined:
      return kindOfPair(words);
    default:
      return kind satisfies never;
  }
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

const nouns: ReadonlyMap<string, CredentialKind> = new Map([
  ...[...set('password passwords passwd passwds pwd pwds passphrase passphrases passcode passcodes htpasswd')].map(
    (word) => [word, 'password'] as const,
  ),
  ...[...set('secret secrets credential credentials cred creds psk connectionstring connectionstrings connstr')].map(
    (word) => [word, 'secret'] as const,
  ),
  ...[...set('token tokens')].map((word) => [word, 'token'] as const),
  ...[...set('key keys apikey apikeys')].map((word) => [word, 'key'] as const),
]);

/** Words written together, as in PGPASSWORD or clientsecret. */
function kindOfCompound(word: string): CredentialKind | undefined {
  if (/(password|passwd|passphrase)s?$/.test(word) || /^(db|my|pg|sql|mysql|root|user|admin)pwd$/.test(word)) return 'password';
  if (/^(app|client|api|shared|jwt|webhook|signing|session|consumer)secrets?$/.test(word)) return 'secret';
  if (/^(api|app|auth|oauth|access|refresh|bot|session|bearer|id|github|gitlab|npm|slack)tokens?$/.test(word)) return 'token';
  return /^(secret|private|access|signing|encryption|ssh|auth|master)keys?$/.test(word) ? 'key' : undefined;
}

/** What may follow without changing the meaning. */
const fillers = set(
  'value values current previous old new prod production live dev development test testing qa stage staging uat sandbox default primary secondary ' +
    'plain plaintext plaintxt text raw encoded json pem v active latest backup temp tmp local',
);

function withoutTrailingFillers(words: readonly string[]): readonly string[] {
  let end = words.length;
  while (end > 0 && fillers.has(words[end - 1] ?? '')) end--;
  // SECRET_KEY_BASE of Rails.
  if (words[end - 1] === 'base' && words[end - 2] === 'key') end--;
  return words.slice(0, end);
}

const actions = set(
  'forgot forgotten change show hide display require requires use uses enable disable has is allow allows no skip without validate check rotate generate',
);

const quantities = set('max min num total');

/** A switch or a route that is named after what it does: show_password, rotate_secret. */
function isAboutOne(qualifiers: readonly string[]): boolean {
  return actions.has(qualifiers[0] ?? '') || quantities.has(qualifiers.at(-1) ?? '') || isResetting(qualifiers);
}

function isResetting(qualifiers: readonly string[]): boolean {
  return qualifiers.length === 1 && (qualifiers[0] === 'reset' || qualifiers[0] === 'update');
}

function isHarmless(qualifiers: readonly string[], harmless: ReadonlySet<string>): boolean {
  return qualifiers.includes('public') || harmless.has(qualifiers.at(-1) ?? '');
}

const harmlessTokens = set(
  'next page pagination continuation idempotency request stop pad eos bos special design input output prompt completion publishable',
);
const harmlessKeys = set(
  'public publishable primary foreign partition sort hash range cache object bucket lookup index routing idempotency row composite unique config feature ' +
    'tag label name translation registry hot shortcut site authorized known kms cmk dedup message event map group metric',
);

const secretKeys = set(
  'api access secret private signing sign encryption encrypt encrypting decryption crypto cipher auth authentication authorization master ssh rsa ecdsa ' +
    'hmac aes jwt session cookie shared preshared deploy webhook consumer tls ssl client server account admin symmetric storage root',
);

const vendors =
  /stripe|datadog|twilio|sendgrid|mailgun|mailchimp|openai|anthropic|github|gitlab|slack|newrelic|pagerduty|algolia|cloudflare|heroku|auth0|okta|paypal|braintree|shopify|snyk|firebase|mapbox|googlemaps|zendesk|hubspot|launchdarkly|splunk|grafana|pusher|plaid|telegram|discord|bugsnag|rollbar|mixpanel|amplitude|fastly|digitalocean|^dd(app|api)?$/;

/** A key is a credential only if something says so: there are far more keys of other kinds. */
function namesSecretKey(noun: string, qualifiers: readonly string[], parent: readonly string[]): boolean {
  if (qualifiers.includes('kms')) return false;
  if (noun !== 'key' && noun !== 'keys') return true;
  if (qualifiers.some((word) => secretKeys.has(word)) || vendors.test(qualifiers.join(''))) return true;
  return qualifiers.length === 0 && (parent.some((word) => secretKeys.has(word)) || vendors.test(parent.join('')));
}

/** Two words that only together mean a credential. */
function kindOfPair(words: readonly string[]): CredentialKind | undefined {
  const [first = '', second = ''] = words.slice(-2);
  switch (second) {
    case 'pass':
    case 'pw':
      return passOwners.has(first) || namesDatabase(first) ? 'password' : undefined;
    case 'pat':
      return /^(github|gitlab|git|azure|devops)$/.test(first) ? 'secret' : undefined;
    case 'string':
    case 'strings':
      return first === 'connection' || first === 'conn' ? 'secret' : undefined;
    case 'phrase':
      return /^(pass|seed|recovery)$/.test(first) ? 'password' : undefined;
    case 'word':
      return first === 'pass' ? 'password' : undefined;
    default:
      return undefined;
  }
}

const passOwners = set(
  'user admin root master smtp mail email ftp sftp ldap auth login http proxy redis rabbitmq amqp service svc account bind default',
);

const databases = set(
  'db database databases rds aurora postgres postgresql pgsql psql pg mysql mariadb mssql sqlserver sql oracle mongo mongodb documentdb docdb redshift ' +
    'cassandra neptune cockroach clickhouse snowflake jdbc datasource timescale sybase couchbase',
);

function namesDatabase(word: string): boolean {
  if (databases.has(word)) return true;
  if (word.endsWith('db') && word !== 'dynamodb') return true;
  const owner = /^(.+?)(password|passwd|pwd|secret)s?$/.exec(word)?.[1];
  return owner !== undefined && (databases.has(owner) || owner.endsWith('db'));
}
