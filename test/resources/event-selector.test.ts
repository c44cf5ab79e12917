import { describe, expect, it } from 'vitest';
import { Unknown } from '../../src/model/unknown.ts';
import { recordsSecretCalls, type AdvancedEventSelector, type Selectors } from '../../src/resources/event-selector.ts';

type Answer = boolean | 'unknown';

function answers(selectors: Partial<Selectors>): readonly Answer[] {
  return (['reads', 'writes'] as const).map((kind) => {
    const answer = recordsSecretCalls(kind, { classic: [], advanced: [], ...selectors });
    return answer instanceof Unknown ? 'unknown' : answer;
  });
}

const management = { Field: 'eventCategory', Equals: ['Management'] };
const reading = { Field: 'readOnly', Equals: ['true'] };
const writing = { Field: 'readOnly', Equals: ['false'] };

describe('classic selectors', () => {
  it.each<readonly [string, Selectors['classic'], readonly Answer[]]>([
    ['none at all: the default, all management events', [], [true, true]],
    ['all', [{ ReadWriteType: 'All', IncludeManagementEvents: true }], [true, true]],
    ['all, said by leaving it out', [{}], [true, true]],
    ['only reads', [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }], [true, false]],
    ['only writes', [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true }], [false, true]],
    ['only data events', [{ ReadWriteType: 'All', IncludeManagementEvents: false }], [false, false]],
    ['reads in one, writes in another', [{ ReadWriteType: 'ReadOnly' }, { ReadWriteType: 'WriteOnly' }], [true, true]],
    ['without the events of KMS', [{ ReadWriteType: 'All', ExcludeManagementEventSources: ['kms.amazonaws.com'] }], [true, true]],
    [
      'without those of Secrets Manager',
      [{ ReadWriteType: 'All', ExcludeManagementEventSources: ['secretsmanager.amazonaws.com'] }],
      [false, false],
    ],
    ['a type that AWS does not know', [{ ReadWriteType: 'Some' }], ['unknown', 'unknown']],
    ['a type that AWS does not know, beside all', [{ ReadWriteType: 'Some' }, { ReadWriteType: 'All' }], [true, true]],
  ])('%s', (_name, classic, expected) => {
    expect(answers({ classic })).toEqual(expected);
  });
});

describe('advanced selectors', () => {
  it.each<readonly [string, readonly AdvancedEventSelector[], readonly Answer[]]>([
    ['management events', [{ FieldSelectors: [management] }], [true, true]],
    ['management events that read', [{ FieldSelectors: [management, reading] }], [true, false]],
    ['management events that write', [{ FieldSelectors: [management, writing] }], [false, true]],
    [
      'reads in one, writes in another',
      [{ FieldSelectors: [management, reading] }, { FieldSelectors: [management, writing] }],
      [true, true],
    ],
    ['both values of readOnly', [{ FieldSelectors: [management, { Field: 'readOnly', Equals: ['true', 'false'] }] }], [true, true]],
    [
      'data events alone',
      [
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          ],
        },
      ],
      [false, false],
    ],
    [
      'data events beside management events',
      [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }, { FieldSelectors: [management] }],
      [true, true],
    ],
    [
      'without the events of KMS and RDS',
      [{ FieldSelectors: [management, { Field: 'eventSource', NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }] }],
      [true, true],
    ],
    [
      'without those of Secrets Manager',
      [{ FieldSelectors: [management, { Field: 'eventSource', NotEquals: ['secretsmanager.amazonaws.com'] }] }],
      [false, false],
    ],
    [
      'without those that begin like it',
      [{ FieldSelectors: [management, { Field: 'eventSource', NotStartsWith: ['secrets'] }] }],
      [false, false],
    ],
    [
      'of sources that end like others',
      [{ FieldSelectors: [management, { Field: 'eventSource', NotEndsWith: ['.aws.internal'] }] }],
      [true, true],
    ],
    ['of this service', [{ FieldSelectors: [management, { Field: 'eventSource', StartsWith: ['secretsmanager.'] }] }], [true, true]],
    ['of another service', [{ FieldSelectors: [management, { Field: 'eventSource', Equals: ['s3.amazonaws.com'] }] }], [false, false]],
    [
      'of one name, which covers the reads',
      [{ FieldSelectors: [management, { Field: 'eventName', Equals: ['GetSecretValue'] }] }],
      [true, false],
    ],
    ['of other names', [{ FieldSelectors: [management, { Field: 'eventName', EndsWith: ['Bucket'] }] }], [false, false]],
    [
      'of some callers only',
      [{ FieldSelectors: [management, { Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:sts::1:assumed-role/ci'] }] }],
      [false, false],
    ],
    ['by a field that is not known', [{ FieldSelectors: [management, { Field: 'moonPhase', Equals: ['full'] }] }], ['unknown', 'unknown']],
    [
      'that read, by a field that is not known',
      [{ FieldSelectors: [management, reading, { Field: 'moonPhase', Equals: ['full'] }] }],
      ['unknown', false],
    ],
    ['without a category', [{ FieldSelectors: [reading] }], ['unknown', 'unknown']],
  ])('%s', (_name, advanced, expected) => {
    expect(answers({ advanced })).toEqual(expected);
  });
});
