import { masterPassword } from './master-password.ts';
import { resourceType } from './resource-type.ts';
import { map, optional, required, string } from './shape.ts';

export const docDbCluster = resourceType({
  name: 'AWS::DocDB::DBCluster',
  doc: 'A cluster of DocumentDB.',
  service: 'docdb',
  kind: 'cluster',
  attributes: {
    tags: required(map(string), 'Tags.'),
    engine: optional(string, '`docdb`, the only one, where the source names it.'),
    masterPassword: required(masterPassword, 'The password of its master user.'),
  },
});
