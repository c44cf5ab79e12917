import { credentialKind, type CredentialKind } from './secret-name.ts';

/** Stands for what is filled in later: a command in backticks, `${VAR}`, `#{Var}`, `{{resolve:…}}`, `<password>`. */
const placeholder = '\uE000';

const placeholders =
  /`[^`\n]{1,300}`|%24%7B[^%]{1,100}%7D|\{\{[^{}]{0,500}\}\}|[$#]\{[^{}]{0,300}\}|\$\([^()]{0,300}\)|<[A-Za-z][^<>\s]{0,60}>|%[A-Z_]{2,40}%/g;

/** The text with placeholders and references to secrets replaced by one character that means nothing. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholders, placeholder);
}

/** Names with values, in the notations that people keep settings in. */
const pairPatterns = [
  // JSON
  /"((?:[^"\\]|\\.){1,100})"\s*:\s*"((?:[^"\\]|\\.){1,4096})"/g,
  // The query of an address
  /[?&]([A-Za-z_][\w.-]{0,100})=([^\s;&,"'#]{1,4096})/g,
  // name=value, of files, connection strings, attributes, scripts and flags
  /(?:^|[\s;,"'$>])-{0,2}([A-Za-z_][\w.-]{0,100}) ?= ?("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s;&,"']{1,4096})/g,
  // A line of YAML, or a header
  /^[ \t-]{0,100}["']?([A-Za-z_][\w.-]{0,100})["']?[ \t]{0,10}:[ \t]{1,10}("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"']{1,4096}),?[ \t]{0,10}$/gm,
  // YAML in one line
  /[{,][ \t]{0,10}([A-Za-z_][\w.-]{0,100})[ \t]{0,10}:[ \t]{1,10}("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|[^\s"',{}[\]]{1,4096})(?=[ \t]{0,10}[,}])/g,
];
/** `--password value`. A word in small letters may belong to a sentence about the flag. */
const flagPattern =
  /(?:^|\s)--([a-z][\w-]{0,60})[ \t]{1,5}("[^"\n]{1,4096}"|'[^'\n]{1,4096}'|(?![a-z]+[.,;:)]?(?:\s|$))[^\s"'-][^\s"']{0,4095})/gi;
const elementPattern = /<([A-Za-z][\w.-]{0,100})>([^<>\s]{1,4096})<\/\1>/g;

/** JSON inside a JSON string has its quotes escaped, the deeper the more often. */
const innerQuote = '\uE001';
const innerPairPattern = /\uE001([^\uE001]{1,100})\uE001\s*:\s*\uE001([^\uE001]{1,4096})\uE001/g;

/** Whether a name that says credential stands beside a literal value that could be one. */
export function holdsLiteralCredential(text: string): boolean {
  const open = withoutPlaceholders(text);
  return (
    pairPatterns.some((pattern) => hasCredential(open, pattern)) ||
    hasCredential(open, flagPattern) ||
    hasCredential(open.replace(/\\{1,16}"/g, innerQuote), innerPairPattern) ||
    hasCredential(text, elementPattern)
  );
}

/**
 * Whether a value could be the credential that its name speaks of. Unlike in a text there is nothing around it, so it is
 * what it is: six digits are a password, and a prefix that vendors give to tokens is enough.
 */
export function couldBeCredential(name: string, value: string): boolean {
  const open = withoutPlaceholders(value.trim());
  if (/basic[-_.]?auth$/i.test(name)) return isLiteral(/^[^\s:]+:(\S+)$/.exec(open)?.[1] ?? '');
  const kind = credentialKind(name);
  if (kind === undefined) return false;
  if (kind === 'password' && /^\d{6,}$/.test(open)) return true;
  if (/^[{[]/.test(open)) return structureHolds(kind, open);
  // Forty characters are a hash as well, and may read like a path: here the name says what they are.
  if (/secret_?access_?key/i.test(name) && /^[A-Za-z0-9+/]{40}$/.test(open)) return true;
  if (kind === 'secret' && isNamedAfterItsUse.test(name)) return isLiteral(open);
  return couldBe(kind, open) || (kind !== 'secret' && vendorPrefix.test(open));
}

/**
 * A structure in JSON has names of its own, and what they say was looked at before: `SECRETS` may be a list of what is
 * read from where. A value without such a name counts if nothing but a credential looks like it.
 */
function structureHolds(kind: CredentialKind, text: string): boolean {
  try {
    return leaves(JSON.parse(text)).some((leaf) => !/^[A-Z][A-Z\d_]*$/.test(leaf) && couldBe('token', leaf));
  } catch {
    return couldBe(kind, text);
  }
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [];
}

/** `client_secret` is the secret, where `orders_secret` may well be the name of one. */
const isNamedAfterItsUse =
  /(?:client|jwt|app|api|webhook|signing|shared|session|cookie|auth|oauth\d?|consumer|hmac)[-_.]?secrets?(?:$|[^a-z])/i;

const vendorPrefix =
  /^(?:npm|gh[pousr]|github_pat|glpat|xox[abeoprs]|[sr]k_(?:live|test)|whsec|pypi|dckr_pat|hv[sb]|shp(?:at|ca|pa|ss))[-_.][\w.-]{8,}$/;

function hasCredential(text: string, pattern: RegExp): boolean {
  for (const [, name = '', value = ''] of text.matchAll(pattern)) {
    // In a text PWD is the password of a connection as well; a working directory is a path.
    const kind = credentialKind(name === 'PWD' ? 'pwd' : name);
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
      return !isName && !isCapitalisedPath(value);
    case 'token':
    case 'key':
      return value.length >= 8 && isMixed;
    default:
      return kind satisfies never;
  }
}

/** `Acme/Prod/Db2`, the name of a secret: each segment is made of words, which those of a random value in base64 are not. */
function isCapitalisedPath(value: string): boolean {
  const segments = value.split('/');
  return segments.length > 1 && segments.every((segment) => /^[A-Z]?[a-z]+\d{0,4}(?:[-_.][A-Z]?[a-z]*\d{0,4})*$/.test(segment));
}

const words =
  /^(true|false|null|none|nil|undefined|required|optional|disabled|enabled|string|passw(or)?d|pass|pwd|secret|token|redacted|masked|hidden|placeholder|example|default|empty|unset|todo|user(name)?)$/i;

/**
 * Whether the text is something in itself: not a placeholder, a mask, a word of the trade, a number, nor the ARN,
 * address or path of something else. Shorter than four characters it is nothing.
 */
export function isLiteral(value: string): boolean {
  if (value.replaceAll(placeholder, '').replace(/[$\s]/g, '').length < 4) return false;
  if (words.test(value) || /^(.)\1*$/.test(value) || /^[*xX•.-]+$/.test(value) || /^your[-_ ]?/i.test(value) || isShellVariable(value))
    return false;
  if (/^\d+(\.\d+)?[a-z]{0,2}$/.test(value) || isCall(value)) return false;
  return !isReference(value);
}

/** `$DB_PASSWORD` or `$dbPassword`; letters of both cases with a digit in a word are a password that begins with `$`. */
function isShellVariable(value: string): boolean {
  return /^\$[A-Za-z_]\w*$/.test(value) && !(/[A-Z]/.test(value) && /[a-z]\d[a-z]/.test(value));
}

/** `getenv(`, of which the rest may be cut off; not `Winter(2026)`, a word with a number behind it, and whatever signs follow. */
function isCall(value: string): boolean {
  return /^[A-Za-z_][\w.]*\(/.test(value) && !/^(?:[A-Z][a-z]+\(\d+\)|[A-Za-z]+\(\d+\)[!?#%&*+=@^~]+)$/.test(value);
}

/** An image of a registry, with a tag or a digest. */
const isImage = /^[a-z0-9.-]+(?::\d+)?(?:\/[a-z0-9._-]+)+(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/;

/** What code reads the value from. */
const isCode =
  /^(?:var|local|data|module|each|self|this|process\.env|os\.environ|env|config|settings|secrets|props|context|event)[.[][\w.[\]'"*-]*$/;

function isReference(value: string): boolean {
  return (
    /^arn:/.test(value) ||
    /^@Microsoft\.KeyVault\(/.test(value) ||
    /^(https?|ssm|ssm-secure|secretsmanager|vault|file|s3|kms|op|env|sm|ref\+[a-z]+):/i.test(value) ||
    /^(\.{0,2}|~|[a-z0-9_.-]+)(\/[\w.-]+)+\/?$/.test(value) ||
    /^([A-Za-z]:|\\)\\[^\s"*?<>|]+$/.test(value) ||
    isImage.test(value) ||
    isCode.test(value)
  );
}
