const fieldsOfArn = 6;

/**
 * The pattern with the fields that it leaves out, as IAM adds them in identity policies: `arn:aws:secretsmanager` is
 * `arn:aws:secretsmanager:*:*:*`, which is every secret of every account. What is no ARN stays as it is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function completeArn(pattern: string): string {
  if (!pattern.startsWith('arn:')) return pattern;
  // The colons of `${aws:username}` part no fields.
  const plain = pattern.includes('${') ? pattern.replace(/\$\{[^}]*\}/g, '') : pattern;
  const fields = plain.split(':').length;
  return pattern + ':*'.repeat(Math.max(0, fieldsOfArn - fields));
}
