import { describe, expect, it } from 'vitest';
import { parseRoleArns } from '../../../src/sources/aws/role-arn.ts';

describe('parseRoleArns', () => {
  it('reads partition and account', () => {
    expect(parseRoleArns(['arn:aws-us-gov:iam::123456789012:role/path/Audit'])).toEqual([
      { arn: 'arn:aws-us-gov:iam::123456789012:role/path/Audit', partition: 'aws-us-gov', account: '123456789012' },
    ]);
  });

  it.each(['Audit', 'arn:aws:iam::123:role/Audit', 'arn:aws:iam::123456789012:user/Audit', 'arn:aws:iam::123456789012:role/'])(
    'refuses %s',
    (arn) => {
      expect(() => parseRoleArns([arn])).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
    },
  );

  it('refuses two roles of one account, whose scopes would be one', () => {
    const arns = ['arn:aws:iam::123456789012:role/a', 'arn:aws:iam::123456789012:role/b'];
    expect(() => parseRoleArns(arns)).toThrow(expect.objectContaining({ code: 'usage' }) as Error);
  });
});
