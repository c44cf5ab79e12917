import { masterPassword } from './master-password.ts';
import { resourceType } from './resource-type.ts';
import { map, required, string } from './shape.ts';

export const redshiftCluster = resourceType({
  name: 'AWS::Redshift::Cluster',
  doc: 'A provisioned cluster of Redshift.',
  service: 'redshift',
  kind: 'cluster',
  attributes: {
    tags: required(map(string), 'Tags.'),
    masterPassword: required(masterPassword, 'The password of its master user.'),
  },
});
