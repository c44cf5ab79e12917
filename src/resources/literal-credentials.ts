import { credentialKind, type CredentialKind } from './secret-name.ts';

/** Stands for what is filled in later: `${VAR}`, `{{resolve:…}}`, `<password>`. */
const placeholder = '\uE000';

const placeholders = /\{\{[^{}]{0,500}\}\}|\$\{[^{}]{0,300}\}|\$\([^()]{0,300}\)|<[A-Za-z][^<>\s]{0,60}>|%[A-Z_]{2,40}%/g;

/** The text with placeholders and references to secrets replaced by one character that means nothing. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholders, placeholder);
}

/** Names with values, in the notations that people keep settings in: JSON, XML, `name=value`, `name: value`. */
const pairPatterns = [
  /"((?:[^"\\]|\\.){1,100})"\s*:\s*"((?:[^"\\]|\\.){1,4096})"/g,
  /(?:^|[\s;&?,])([A-Za-z_][\w.-]{0,100}) ?= ?("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s;&,"']{1,4096})/g,
  /^[ \t-]{0,100}["']?([A-Za-z_][\w.-]{0,100})["']?[ \t]{0,10}:[ \t]{1,10}("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"']{1,4096}),?[ \t]{0,10}$/gm,
];
const elementPattern = /<([A-Za-z][\w.-]{0,100})>([^<>\s]{1,4096})<\/\1>/g;

/** JSON inside a JSON string has its quotes escaped, the deeper the more often. */
const innerQuote = '\uE001';
const innerPairPattern = /\uE001([^\uE001]{1,100})\uE001\s*:\s*\uE001([^\uE001]{1,4096})\uE001/g;

/** Whether a name that says credential stands beside a literal value that could be one. */
export function holdsLiteralCredential(text: string): boolean {
  const open = withoutPlaceholders(text);
  return (
    pairPatterns.some((pattern) => hasCredential(open, pattern)) ||
    hasCredential(open.replace(/\\{1,16}"/g, innerQuote), innerPairPattern) ||
    hasCredential(text, elementPattern)
  );
}

/**
 * Whether a value could be the credential that its name speaks of. Unlike in a text there is nothing around it, so it is
 * what it is: six digits are a password, and a prefix that vendors give to tokens is enough.
 */
export function couldBeCredential(name: string, value: string): boolean {
  const kind = credentialKind(name);
  if (kind === undefined) return false;
  const open = withoutPlaceholders(value.trim());
  if (kind === 'password' && /^\d{6,}$/.test(open)) return true;
  // Forty characters are a hash as well, and may read like a path: here the name says what they are.
  if (/secret_?access_?key/i.test(name) && /^[A-Za-z0-9+/]{40}$/.test(open)) return true;
  if (kind === 'secret' && isNamedAfterItsUse.test(name)) return isLiteral(open);
  return couldBe(kind, open) || (kind !== 'secret' && vendorPrefix.test(open));
}

/** `client_secret` is the secret, where `orders_secret` may well be the name of one. */
const isNamedAfterItsUse =
  /(?:client|jwt|app|api|webhook|signing|shared|session|cookie|auth|oauth\d?|consumer|hmac)[-_.]?secrets?(?:$|[^a-z])/i;

const vendorPrefix =
  /^(?:npm|gh[pousr]|github_pat|glpat|xox[abeoprs]|[sr]k_(?:live|test)|whsec|pypi|dckr_pat|hv[sb]|shp(?:at|ca|pa|ss))[-_.][\w.-]{8,}$/;

function hasCredential(text: string, pattern: RegExp): boolean {
  for (const [, name = '', value = ''] of text.matchAll(pattern)) {
    const kind = credentialKind(name);
    if (kind !== undefined && couldBe(kind, value.replace(/^["']|["']$/g, ''))) return true;
  }
  return false;
}

function couldBe(kind: CredentialKind, value: string): boolean {
  if (!isLiteral(value)) return false;
  const hasDigit = /\d/.test(value);
  const isMixed = hasDigit || (/[a-z]/.test(value) && /[A-Z]/.test(value) && value.length >= 16);
  // `secret: orders-db` names a secret, and `token: session` says where one is.
  const isName = /^[a-z0-9]+([-_.][a-z0-9]+)*$/.test(value) && !(value.length >= 20 && /^[a-z0-9]+$/.test(value) && hasDigit);
  switch (kind) {
    case 'password':
      return true;
    case 'secret':
      return !isName;
    case 'token':
    case 'key':
      return value.length >= 8 && isMixed;
    default:
      return kind satisfies never;
  }
}

const words =
  /^(true|false|null|none|nil|undefined|required|optional|disabled|enabled|string|passw(or)?d|pass|pwd|secret|token|redacted|masked|hidden|placeholder|example|default|empty|unset|todo|user(name)?)$/i;

/**
 * Whether the text is something in itself: not a placeholder, a mask, a word of the trade, a number, nor the ARN,
 * address or path of something else. Shorter than four characters it is nothing.
 */
export function isLiteral(value: string): boolean {
  if (value.replaceAll(placeholder, '').replace(/[$\s]/g, '').length < 4) return false;
  if (
    words.test(value) ||
    /^(.)\1*$/.test(value) ||
    /^[*xX•.-]+$/.test(value) ||
    /^your[-_ ]?/i.test(value) ||
    /^\$[A-Za-z_]\w*$/.test(value)
  )
    return false;
  if (/^\d+(\.\d+)?[a-z]{0,2}$/.test(value) || /^[A-Za-z_][\w.]*\(/.test(value)) return false;
  return !isReference(value);
}

function isReference(value: string): boolean {
  return (
    /^arn:/.test(value) ||
    /^(https?|ssm|ssm-secure|secretsmanager|vault|file|s3|kms|op|env|sm|ref\+[a-z]+):/i.test(value) ||
    /^(\.{0,2}|~|[a-z0-9_.-]+)(\/[\w.-]+)+\/?$/.test(value)
  );
}
