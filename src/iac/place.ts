import { Unknown, type Maybe } from '../model/unknown.ts';

/** Where infrastructure code is going to be deployed, as far as it says. */
export interface Place {
  readonly partition: Maybe<string>;
  readonly account: Maybe<string>;
  readonly region: Maybe<string>;
}

const words = { partition: 'AWS::Partition', account: 'AWS::AccountId', region: 'AWS::Region' } as const;

/**
 * Stands for the partition, account or region that the code will be deployed to, where it does not say which. Equal to
 * itself wherever it occurs, so that a grant to the own account is known to be one.
 *
 * @param of what tells apart the targets of one input, such as a provider alias of Terraform
 */
export function unknownPlace(part: keyof Place, detail: string, of = ''): Unknown {
  return new Unknown('unresolved-reference', detail, undefined, '', `${words[part]}${of === '' ? '' : ` of ${of}`}`);
}

/**
 * The text of a part inside an ARN. Where it is not known it is written as a variable, which IAM reasoning takes for something that
 * matches nothing else and is never a wildcard: no account or region is called `*`.
 */
export function placeText(place: Place, part: keyof Place): string {
  const value = place[part];
  return value instanceof Unknown ? `\${${words[part]}}` : value;
}
