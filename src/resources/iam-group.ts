import { principalFields } from './iam-principal-fields.ts';
import { resourceType, type AttributesOf } from './resource-type.ts';

export const iamGroup = resourceType({
  name: 'AWS::IAM::Group',
  doc: 'An IAM group.',
  service: 'iam',
  kind: 'group',
  untaggable: true,
  attributes: { ...principalFields },
});

export type GroupAttributes = AttributesOf<typeof iamGroup>;
