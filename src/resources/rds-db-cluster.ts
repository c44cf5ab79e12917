import { masterPassword } from './master-password.ts';
import { resourceType } from './resource-type.ts';
import { map, optional, required, string } from './shape.ts';

export const rdsDbCluster = resourceType({
  name: 'AWS::RDS::DBCluster',
  doc: 'A cluster of RDS: Aurora, or Multi-AZ.',
  service: 'rds',
  kind: 'cluster',
  attributes: {
    tags: required(map(string), 'Tags.'),
    engine: optional(string, 'Database engine, such as `aurora-postgresql`; absent when its source decides.'),
    masterPassword: required(masterPassword, 'The password of its master user.'),
  },
});
