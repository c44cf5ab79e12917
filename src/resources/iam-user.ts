import { principalFields } from './iam-principal-fields.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';
import { list, map, required, string } from './shape.ts';

export const iamUser = resourceType({
  name: 'AWS::IAM::User',
  doc: 'An IAM user.',
  service: 'iam',
  kind: 'user',
  attributes: {
    ...principalFields,
    tags: required(map(string), 'Tags.'),
    groups: required(list(string), 'Names of the groups it is in; what they grant is judged at the group.'),
  },
});

export type UserAttributes = AttributesOf<typeof iamUser>;
