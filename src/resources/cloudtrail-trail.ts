import { resourceType, type AttributesOf } from './resource-type.ts';
import { bool, liveOnly, required } from './shape.ts';

export const cloudTrailTrail = resourceType({
  name: 'AWS::CloudTrail::Trail',
  doc: 'A trail of CloudTrail, once in its home region. Trails of an organisation are in the account that has them.',
  service: 'cloudtrail',
  kind: 'trail',
  attributes: {
    multiRegion: required(bool, 'Whether it records in every region.'),
    organization: required(bool, 'Whether it records for every account of the organisation.'),
    logging: required(bool, 'Whether it is switched on.', liveOnly),
    delivers: required(bool, 'Whether its last delivery to the bucket met no error.', liveOnly),
    recordsSecretReads: required(bool, 'Whether its selectors record all reads of secrets, as management events.'),
    recordsSecretWrites: required(bool, 'Whether its selectors record all changes of secrets.'),
  },
});

export type TrailAttributes = AttributesOf<typeof cloudTrailTrail>;
