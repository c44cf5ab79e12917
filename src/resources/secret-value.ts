import { holdsLiteralCredential, withoutPlaceholders } from './literal-credentials.ts';
import { holdsPlacedCredential } from './placed-credentials.ts';
import { findSecretShape } from './secret-patterns.ts';
import { loadSecretlintRules } from './secretlint-rules.ts';

/** What the detector says of a value; never the value, nor a part of it. */
export interface ValueVerdict {
  readonly looksSecret: boolean;
  /** A word such as `private-key` or `url-credentials`; absent when it does not look like a credential. */
  readonly kind?: string;
}

export type ValueClassifier = (value: string) => Promise<ValueVerdict>;

/** Longer values are judged by their beginning, in characters. */
const longestValue = 64 * 1024;

/** Values that are nothing but an identifier, a number or a reference. */
const harmless =
  /^(?:arn:[^\s@]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?:sha\d{1,3}:)?[0-9a-f]+|[\d.,:+-]*|\{\{resolve:[^{}]*\}\})$/i;

const kinds: ReadonlyMap<string, string> = new Map([
  ['1password', 'onepassword-token'],
  ['anthropic', 'anthropic-key'],
  ['aws', 'aws-access-key'],
  ['basicauth', 'url-credentials'],
  ['database-connection-string', 'url-credentials'],
  ['gcp', 'gcp-service-account-key'],
  ['openai', 'openai-key'],
  ['privatekey', 'private-key'],
  ['sendgrid', 'sendgrid-key'],
]);

/**
 * Loads the detector once, for many values. It decides on shapes and on structure (a name that says credential beside a
 * literal), never on length or randomness alone, so that hashes, ids and digests pass. Nothing leaves the process.
 * The classifier rejects only when a rule of the detector has a bug, with a message that does not quote the value.
 */
export function createValueClassifier(): Promise<ValueClassifier> {
  return Promise.resolve(lazyClassifier());
}

function lazyClassifier(): ValueClassifier {
  let rules: ReturnType<typeof loadSecretlintRules> | undefined;
  return async (value) => {
    const text = value.slice(0, longestValue);
    const verdict = await judge(text);
    if (verdict.looksSecret) return verdict;
    const decoded = decodeBase64(text);
    return decoded === undefined ? verdict : await judge(decoded);
  };

  async function judge(text: string): Promise<ValueVerdict> {
    if (harmless.test(text.trim())) return { looksSecret: false };
    const shape = findSecretShape(text);
    if (shape !== undefined) return { looksSecret: true, kind: shape };
    if (holdsLiteralCredential(text) || holdsPlacedCredential(text)) return { looksSecret: true, kind: 'literal-credential' };
    const open = withoutPlaceholders(text);
    if (isPlain(open)) return { looksSecret: false };
    // The detector is large, and most values never get here.
    rules ??= loadSecretlintRules();
    const rule = await (await rules)(open);
    return rule === undefined ? { looksSecret: false } : { looksSecret: true, kind: kindOfRule(rule) };
  }
}

/** The text that the value is in base64; absent when it is none, or when its bytes are no text: most of what looks like base64 is not. */
function decodeBase64(value: string): string | undefined {
  const text = value.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]{24,}={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /[\uFFFD\0-\x08\x0E-\x1F]/.test(decoded) ? undefined : decoded;
}

/**
 * Whether no rule of the detector can match: tokens are forty characters of any kind or a run of sixteen letters and digits; short of
 * that there is only a password in an address.
 */
function isPlain(text: string): boolean {
  return text.length < 40 && !/[A-Za-z0-9]{16}/.test(text) && !(text.includes('://') && text.includes('@'));
}

function kindOfRule(id: string): string {
  const name = id.replace(/^.*secretlint-rule-/, '');
  return kinds.get(name) ?? `${name}-token`;
}
