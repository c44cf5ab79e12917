import { UserError } from '../../model/errors.ts';

export interface RoleArn {
  readonly arn: string;
  readonly partition: string;
  readonly account: string;
}

/** Reads the role ARNs of the command line: one for each account. Throws UserError `usage`. */
export function parseRoleArns(arns: readonly string[]): readonly RoleArn[] {
  const roles = arns.map((arn) => {
    const [, partition, account] = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/[\w+=,.@/-]+$/.exec(arn) ?? [];
    if (partition === undefined || account === undefined) {
      throw new UserError('usage', `"${arn}" is not the ARN of an IAM role`, {
        hint: 'it looks like arn:aws:iam::123456789012:role/Audit',
      });
    }
    return { arn, partition, account };
  });
  for (const [index, { account }] of roles.entries()) {
    if (roles.findIndex((role) => role.account === account) !== index) {
      throw new UserError('usage', `two roles of the account ${account} were given`, { hint: 'name one role for each account' });
    }
  }
  return roles;
}
