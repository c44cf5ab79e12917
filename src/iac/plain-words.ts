/**
 * Whether a scalar of infrastructure code may be shown as it is: small numbers, words of Terraform, CloudFormation and IAM. A
 * list of what may, not of what may not, so that no secret is shown for want of looking like one.
 */
export function isPlainWord(text: string): boolean {
  return isSmallNumber(text) || words.has(text) || resourceType.test(text) || action.test(text) || rate.test(text);
}

/** Days, hours and counts have few digits; a number with more may be a credential, and so may any under such a name. */
export function isSmallNumber(text: string, key = ''): boolean {
  return /^-?\d{1,4}$/.test(text) && !credentialName.test(key);
}

/** Whether a name of a setting may be shown: what is written as a key is one, unless it holds what names do not. */
export function isPlainKey(text: string): boolean {
  return text.length <= 64 && /^(?:[A-Za-z_$][\w:$./-]*|<<)$/.test(text);
}

const words = new Set([
  ...['true', 'false', 'null', '~', '*', 'yes', 'no'],
  ...['Allow', 'Deny', '2012-10-17', '2008-10-17'],
  ...['String', 'StringList', 'SecureString', 'Number', 'Standard', 'Advanced', 'Intelligent-Tiering'],
  ...['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'Retain', 'Delete', 'Snapshot', '2010-09-09'],
  ...['Effect', 'Action', 'Resource', 'Principal', 'Statement', 'Version', 'AWS', 'Service', 'Federated'],
]);

const resourceType = /^AWS::[A-Z][A-Za-z0-9]{1,30}::[A-Z][A-Za-z0-9]{1,40}$/;
const action = /^(?:secretsmanager|ssm|kms|iam|sts|lambda|ecs|rds):(?:\*|[A-Z][A-Za-z]{2,40}\*?)$/;
const rate = /^rate\(\d{1,4} (?:minute|hour|day)s?\)$/;
const credentialName = /pass|pwd|secret|token|pin|cred|key|auth/i;
