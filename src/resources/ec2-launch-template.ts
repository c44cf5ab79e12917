import { resourceType } from './resource-type.ts';
import { map, optional, required, string } from './shape.ts';
import { userData } from './user-data.ts';

export const ec2LaunchTemplate = resourceType({
  name: 'AWS::EC2::LaunchTemplate',
  doc: 'A launch template of EC2.',
  service: 'ec2',
  kind: 'launch-template',
  attributes: {
    tags: required(map(string), 'Tags of the template, not those of what is launched.'),
    userData: optional(userData, 'The user data of what is launched; absent when it has none.'),
  },
});
