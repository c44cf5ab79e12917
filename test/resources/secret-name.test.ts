import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameIsDatabaseCredential, nameLooksSecret } from '../../src/resources/secret-name.ts';

const secret = `
  password PASSWORD passwords passwd pwd passphrase secret token credentials apikey
  /prod/db/password /prod/api_key /prod/jwt/signing-secret /prod/smtp/PASSWD /prod/github-token /prod/admin-passwords
  /prod/legacy/token /prod/old-secret /prod/web/secret-0 /prod/db/password/current /prod/db/password/v2 /prod/jwt/key
  /prod/stripe/key /prod/ssh/private/key /config/password_policy/admin/password /app/Secret /secret_name/token
  DB_PASSWORD DB_PASS MYSQL_ROOT_PASSWORD PGPASSWORD MYSQL_PWD dbpassword DBPassword dbPassword userPassword rootpasswd SMTP_PASS
  db.password spring.datasource.password prod:redis:password app--password password1 PASSWORD_2 password_old db_password_prod
  AWS_SECRET_ACCESS_KEY awsSecretAccessKey SECRET_KEY SECRET_KEY_BASE STRIPE_KEY STRIPE_SECRET_KEY DD_API_KEY DD_APP_KEY
  API_KEYS APIKey api-key apiKey x-api-key ACCESS_KEY PRIVATE_KEY private_key_pem SSH_PRIVATE_KEY SIGNING_KEY ENCRYPTION_KEY
  encryption-key master_key session_key jwtSigningKey tls.key storageAccountKey hmac_key consumer_key googleMapsKey
  CLIENT_SECRET clientSecret client.secret OAUTH2_CLIENT_SECRET webhook-secret app_secret NEXT_AUTH_SECRET sharedSecret
  GITHUB_TOKEN GitHubToken npm_token authToken access_token refreshToken SLACK_BOT_TOKEN bearer_token password_reset_token authtoken
  GITHUB_PAT wifi_psk pre_shared_key passphrase_base64 ssh_key_passphrase DATABASE_CREDENTIALS creds service-account-credentials
  DB_CONNECTION_STRING ConnectionString seed_phrase password_plaintext htpasswd
`;

const harmless = `
  /app/password_policy/min_length /app/token_ttl_seconds /app/secret_name /app/keyboard_layout /app/db_secret_arn /prod/legacy/pin
  /app/feature-flag /prod/notify /prod/deadkey /app/web/config-3 ROOT_LEVEL_FLAG /secrets/log_level /password/policy /token/issuer
  PASSWORD_MIN_LENGTH password_length password-policy passwordPolicy PASSWORD_EXPIRY_DAYS password_enabled password_hash password_field
  password_rotation passwordless PASSWORD_RESET_URL password_hint password_count password_strength password_regex
  show_password forgot_password require_password change-password no_password has_token use_token rotate_secret reset_password
  TOKEN_TTL token_endpoint token_url tokenUri TOKEN_ISSUER token_type token_header token_expiry token_count tokenizer token_path
  max_tokens MAX_TOKEN min_tokens next_token page-token continuationToken idempotency_token design_tokens eos_token
  NEXT_PUBLIC_MAPBOX_TOKEN
  secret_arn SECRET_ID secret-path secret_version secretary secret_manager secretsManagerEndpoint SECRETS_REGION client_secret_file
  credentials_file credential_provider credential_type CREDENTIALS_URL creds_path
  AWS_ACCESS_KEY_ID access_key_id api_key_id api_key_header API_KEY_NAME apiKeyEnabled api_key_parameter_path
  public_key PUBLIC_KEY ssh_public_key stripe_publishable_key STRIPE_PUBLIC_KEY recaptcha_site_key authorized_keys
  primary_key foreign_key partition_key sort-key cache_key s3_key object_key routing_key idempotency_key feature_key KMS_KEY
  kms_key_arn kms_master_key key KEY keys key_name key_pair ssh_key_name keyboard monkey hotkey KeyVaultUri keystore_path
  private_key_path private_key_file signing_key_id encryption_key_arn encryption_enabled signing_algorithm
  PWD OLDPWD compass first_pass bypass low_pass boarding_pass pass passport passenger_count
  connection_timeout string format_string connection_pool db_host db_name DATABASE_URL user username login author auth_mode
  ami_id image_digest bucket region log_level timeout vpc-id certificate cert_arn oauth_scope session_timeout jwt_audience
  pathway tokyo secretion broken taken
`;

function words(table: string): string[] {
  return table.trim().split(/\s+/);
}

describe('nameLooksSecret', () => {
  it.each(words(secret))('%s is the name of a credential', (name) => {
    expect(nameLooksSecret(name)).toBe(true);
  });

  it.each(words(harmless))('%s is not', (name) => {
    expect(nameLooksSecret(name)).toBe(false);
  });

  it.each(['', '/', '///', '123', '/prod/1/2', '日本', '__proto__', 'constructor'])('%j says nothing', (name) => {
    expect(nameLooksSecret(name)).toBe(false);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof nameLooksSecret(text)).toBe('boolean');
        expect(nameIsDatabaseCredential(text) && !nameLooksSecret(text)).toBe(false);
      }),
    );
    expect(nameLooksSecret('a/'.repeat(100_000))).toBe(false);
  });
});

describe('nameIsDatabaseCredential', () => {
  const database = `
    /prod/db/password DB_PASSWORD dbPassword dbpassword PGPASSWORD MYSQL_ROOT_PASSWORD /eu/rds/master-password /app/aurora/credentials
    postgres_passwd /mongo/secret users-db-password appdb/password redshift.password mssqlPassword DB1_PASS /orders/database/pwd
    spring.datasource.password DB_CONNECTION_STRING
  `;
  const others = `
    /prod/smtp/password /prod/redis/password REDIS_PASSWORD DB_HOST db_secret_arn /db/password_policy MONGO_API_KEY db_encryption_key
    /prod/db/api_key /prod/github-token feedback_password dynamodb_password ADMIN_PASSWORD
  `;
  it.each(words(database))('%s is one', (name) => {
    expect(nameIsDatabaseCredential(name)).toBe(true);
  });
  it.each(words(others))('%s is not', (name) => {
    expect(nameIsDatabaseCredential(name)).toBe(false);
  });
});
