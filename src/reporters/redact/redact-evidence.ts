import type { Evidence, UnknownFact } from '../../model/finding.ts';
import type { NameDictionary } from './name-dictionary.ts';

/** Words that AWS chose, not people. Everything else in evidence is taken for a name: what is not known must not leave. */
const words = new Set([
  ...['aws', 'customer', 'Allow', 'Deny', 'String', 'StringList', 'SecureString', 'Standard', 'Advanced', 'Intelligent-Tiering'],
  ...['Enabled', 'Disabled', 'ENABLED', 'DISABLED', 'PendingDeletion', 'PendingImport', 'Unavailable', 'Active', 'Inactive'],
  ...['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM'],
  ...['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER', 'InSync', 'Failed', 'InProgress', 'required', 'optional', 'global', 'root'],
]);

const facts = [
  /** A time in ISO 8601, or a day. */
  /^\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?$/,
  /^-?\d+(?:\.\d+)?$/,
  /^\d+ (?:items|entries)$/,
  /** IAM actions and patterns of them. */
  /^(?:secretsmanager|ssm|kms|iam|sts|lambda|ec2|ecs|rds|s3|logs|events|cloudtrail|cloudwatch|codebuild|redshift|docdb):[A-Z*][A-Za-z*?]*$/,
  /** Principals of AWS services. */
  /^[a-z0-9-]+(?:\.[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/,
  /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  /^(?:rate|cron)\([\d\s*?,/LW#A-Z-]+(?:minutes?|hours?|days?)?\)$/,
  /^alias\/aws\/[a-z-]+$/,
  /^[*?]*$/,
];

export function redactEvidence({ path, value, ...rest }: Evidence, names: NameDictionary): Evidence {
  return { path: redactPath(path, names), ...rest, ...(value === undefined ? {} : { value: redactValue(value, names) }) };
}

/** Texts as names, but for what cannot be one. */
export function redactValue(value: unknown, names: NameDictionary): unknown {
  if (typeof value === 'string') return words.has(value) || facts.some((fact) => fact.test(value)) ? value : names.address(value);
  if (Array.isArray(value)) return value.map((element) => redactValue(element, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, element]) => [redactPath(key, names), redactValue(element, names)]));
}

export function redactUnknown({ path, reason, detail, ...rest }: UnknownFact, names: NameDictionary): UnknownFact {
  return { path: redactPath(path, names), reason, detail: isPlainDetail(detail) ? detail : reason.replaceAll('-', ' '), ...rest };
}

/** Attributes keep their names; a key that somebody chose does not, unless it looks like an attribute. */
function redactPath(path: string, { name }: NameDictionary): string {
  const named = path.replace(/\["((?:[^"\\]|\\.)*)"\]/g, (_, key: string) => `["${name(key)}"]`);
  return /^(?:[A-Za-z_]\w*(?:\.[A-Za-z_][\w-]*|\[\d+\]|\["name-[0-9a-f]{12}"\])*)?$/.test(named) ? named : name(path);
}

/** `AccessDeniedException on kms:DescribeKey`: anything longer may quote what people wrote. */
export function isPlainDetail(detail: string): boolean {
  return /^[A-Z][A-Za-z]+ on [a-z0-9-]+:[A-Za-z]+$/.test(detail);
}
