import { isLiteral, withoutPlaceholders } from './literal-credentials.ts';

/** Shapes that only a credential has, with the word for what it is. Bounded repeats only, since values come from outside. */
const shapes: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['private-key', /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-\d|AGE-SECRET-KEY-1[0-9A-Z]{20}/],
  ['github-token', token('gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255}')],
  ['gitlab-token', token('gl(?:pat|dt|ptt|rt|cbt|soat|agent)-[A-Za-z0-9_-]{20,300}')],
  ['slack-token', token('xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-\\d-[A-Za-z0-9-]{10,250}')],
  ['slack-webhook', /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/]{20,200}/],
  ['stripe-key', token('[sr]k_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9+/]{24,250}')],
  ['npm-token', token('npm_[A-Za-z0-9]{36}')],
  ['npm-token', /_(?:authToken|password)=[A-Za-z0-9+/=_-]{16}/],
  ['pypi-token', token('pypi-AgE[A-Za-z0-9_-]{40,300}')],
  ['docker-token', token('dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,100}')],
  ['google-api-key', token('AIza[A-Za-z0-9_-]{35}')],
  ['openai-key', token('sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,250}')],
  ['anthropic-key', token('sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{40,250}')],
  ['sendgrid-key', token('SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}')],
  ['shopify-token', token('shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}')],
  ['digitalocean-token', token('do[opr]_v1_[a-f0-9]{64}')],
  ['databricks-token', token('dapi[a-f0-9]{32}')],
  ['vault-token', token('hv[sb]\\.[A-Za-z0-9_-]{24,300}')],
  ['mailgun-key', token('key-[a-f0-9]{32}')],
  ['telegram-token', token('\\d{8,10}:AA[A-Za-z0-9_-]{33}')],
  ['terraform-token', token('[A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,80}')],
  ['atlassian-token', token('ATATT3xFf[A-Za-z0-9_=-]{100,250}')],
  ['grafana-token', token('glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}')],
  ['newrelic-key', token('NRAK-[A-Z0-9]{27}')],
  ['huggingface-token', token('hf_[A-Za-z]{34}')],
  ['pulumi-token', token('pul-[a-f0-9]{40}')],
  ['discord-webhook', /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/[A-Za-z0-9_-]{60}/],
  ['teams-webhook', /https:\/\/[a-z0-9-]{1,60}\.webhook\.office\.com\/webhookb2\/[^\s/]{36,100}\/IncomingWebhook\/[a-f0-9]{32}/],
  ['presigned-url', /[?&](?:X-Amz-Signature=[a-f0-9]{64}|Signature=[A-Za-z0-9%+/~_-]{26})/],
  ['azure-sas', /[?&]sig=[A-Za-z0-9%+/]{30}/],
  ['jwt', token('eyJ[A-Za-z0-9_-]{8,4000}\\.eyJ[A-Za-z0-9_-]{8,8000}\\.[A-Za-z0-9_-]{16,2000}')],
];

function token(body: string): RegExp {
  return new RegExp(`(?<![A-Za-z0-9_])(?:${body})(?![A-Za-z0-9_])`);
}

/** What the text holds by its shape; absent when nothing that has one. */
export function findSecretShape(text: string): string | undefined {
  const shape = shapes.find(([, pattern]) => pattern.test(text));
  if (shape !== undefined) return shape[0];
  if (holdsAwsKeyPair(text)) return 'aws-access-key';
  if (holdsUrlCredentials(text)) return 'url-credentials';
  return holdsAuthorization(text) ? 'authorization-header' : undefined;
}

/** The id alone is no secret, and forty characters alone are a hash as well: both together are a key. */
function holdsAwsKeyPair(text: string): boolean {
  if (!/(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/.test(text)) return false;
  return (text.match(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g) ?? []).some(
    (word) => /[A-Z]/.test(word) && /[a-z]/.test(word) && /\d/.test(word),
  );
}

const userInfo = /[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:/?#@'"<>]{0,256}:([^\s/?#@'"<>]{1,512})@(?:[^\s/?#@]|$)/gi;

function holdsUrlCredentials(text: string): boolean {
  for (const [, password = ''] of withoutPlaceholders(text).matchAll(userInfo)) {
    if (isLiteral(password)) return true;
  }
  return false;
}

const authorizations = [
  /(?:^|[\s"':])(?:Bearer|Basic) ([A-Za-z0-9._~+/-]{20,4096})/,
  /\bAuthorization["']?\s{0,5}[:=]\s{0,5}["']?(?:[\w-]{1,40} )?([A-Za-z0-9._~+/-]{20,4096})/i,
];

function holdsAuthorization(text: string): boolean {
  return authorizations.some((pattern) => {
    const [, credential = ''] = pattern.exec(text) ?? [];
    return /\d/.test(credential) && /[A-Za-z]/.test(credential);
  });
}
