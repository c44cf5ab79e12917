import { InvalidArgumentError, Option } from 'commander';

/**
 * An option whose value goes into a file of another tool: YAML, and words of a shell. So it may hold nothing that either would read as
 * something else; `what` says what is expected.
 */
export function checkedOption(flags: string, description: string, pattern: RegExp, what: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (!pattern.test(value)) throw new InvalidArgumentError(`write ${what}`);
    return value;
  });
}

/** A path that a shell and YAML take for one word; it does not begin like a flag. */
export const plainPath = /^[A-Za-z0-9_./][\w./@-]*$/;
const plainRole = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const plainRegions = /^(all|[a-z]{2}(-[a-z]+)+-\d(,[a-z]{2}(-[a-z]+)+-\d)*)$/;

export const roleOption = (flag: string, description: string): Option =>
  checkedOption(`${flag} <arn>`, description, plainRole, 'the ARN of a role, such as arn:aws:iam::123456789012:role/audit');

export const regionsOption = (): Option =>
  checkedOption(
    '--region <regions>',
    'regions to read, with commas between, or all',
    plainRegions,
    'regions as us-east-1,eu-west-1 or all',
  );

/** For options that repeat: each value is checked. */
export function repeatedPaths(flags: string, description: string): Option {
  return new Option(flags, description)
    .argParser((value: string, before: readonly string[] | undefined) => {
      if (!plainPath.test(value)) throw new InvalidArgumentError('write a path of letters, digits and . _ - / @');
      return [...(before ?? []), value];
    })
    .default([], 'none');
}
