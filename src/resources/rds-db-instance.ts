import { masterPassword } from './master-password.ts';
import { resourceType } from './resource-type.ts';
import { map, optional, required, string } from './shape.ts';

export const rdsDbInstance = resourceType({
  name: 'AWS::RDS::DBInstance',
  doc: 'An instance of RDS, alone or in a cluster.',
  service: 'rds',
  kind: 'instance',
  attributes: {
    tags: required(map(string), 'Tags.'),
    engine: optional(string, 'Database engine, such as `postgres`; absent when its source decides.'),
    masterPassword: required(masterPassword, 'The password of its master user.'),
  },
});
