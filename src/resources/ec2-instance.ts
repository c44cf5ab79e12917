import { resourceType } from './resource-type.ts';
import { map, optional, required, string } from './shape.ts';
import { userData } from './user-data.ts';

export const ec2Instance = resourceType({
  name: 'AWS::EC2::Instance',
  doc: 'An EC2 instance.',
  service: 'ec2',
  kind: 'instance',
  attributes: {
    tags: required(map(string), 'Tags.'),
    userData: optional(userData, 'Its user data; absent when it has none.'),
  },
});
