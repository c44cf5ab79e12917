import { describe, expect, it } from 'vitest';
import { patternCoverage, UnreadablePattern, type Coverage } from '../../src/resources/event-pattern.ts';
import { describeEvent, type SecretEvent } from '../../src/resources/secret-event.ts';

const place = { account: '123456789012', region: 'us-east-1' };
const cover = (pattern: object, event: SecretEvent): Coverage => patternCoverage(JSON.stringify(pattern), describeEvent(event, place));

const rotationFailed = {
  source: ['aws.secretsmanager'],
  'detail-type': ['AWS Service Event via CloudTrail'],
  detail: { eventSource: ['secretsmanager.amazonaws.com'], eventName: ['RotationFailed', 'RotationAbandoned'] },
};
const changed = {
  source: ['aws.secretsmanager'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventName: ['DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy'] },
};
const detail = (fields: object): object => ({ source: ['aws.secretsmanager'], detail: fields });

describe('a pattern', () => {
  it.each<readonly [string, object, SecretEvent, Coverage]>([
    ['for failed rotations', rotationFailed, 'RotationFailed', 'all'],
    ['for failed rotations, not for deletions', rotationFailed, 'DeleteSecret', 'none'],
    ['for changes', changed, 'PutResourcePolicy', 'all'],
    ['for changes, not for failed rotations: they are no calls', changed, 'RotationFailed', 'none'],
    [
      'with the wrong type of a failed rotation',
      { ...rotationFailed, 'detail-type': ['AWS API Call via CloudTrail'] },
      'RotationFailed',
      'none',
    ],
    ['for abandoned rotations alone', detail({ eventName: ['RotationAbandoned'] }), 'RotationFailed', 'none'],
    ['for all of the service', { source: ['aws.secretsmanager'] }, 'DeleteResourcePolicy', 'all'],
    ['for another service', { source: ['aws.ec2'] }, 'RotationFailed', 'none'],
    ['for all that CloudTrail sees', { 'detail-type': [{ suffix: 'via CloudTrail' }] }, 'RotationFailed', 'all'],
    ['for everything of an account', { account: ['123456789012'] }, 'RotationFailed', 'all'],
    ['for everything of another account', { account: ['999988887777'] }, 'RotationFailed', 'none'],
    ['for another region', { ...rotationFailed, region: ['eu-west-1'] }, 'RotationFailed', 'none'],
    ['for one secret', detail({ requestParameters: { secretId: ['prod/db'] } }), 'DeleteSecret', 'some'],
    [
      'for one secret, and another event',
      detail({ eventName: ['PutSecretValue'], requestParameters: { secretId: ['prod/db'] } }),
      'DeleteSecret',
      'none',
    ],
    [
      'for one secret, by the list of resources',
      { source: ['aws.secretsmanager'], resources: [{ prefix: 'arn:' }] },
      'DeleteSecret',
      'some',
    ],
    [
      'for one secret or any',
      {
        source: ['aws.secretsmanager'],
        $or: [{ detail: { requestParameters: { secretId: ['a'] } } }, { detail: { eventName: ['DeleteSecret'] } }],
      },
      'DeleteSecret',
      'all',
    ],
    ['for either of two others', { $or: [{ source: ['aws.ec2'] }, { source: ['aws.s3'] }] }, 'DeleteSecret', 'none'],
    ['for calls that succeed', detail({ errorCode: [{ exists: false }] }), 'DeleteSecret', 'all'],
    ['for calls that fail', detail({ errorCode: [{ exists: true }] }), 'DeleteSecret', 'none'],
    ['for calls that are denied', detail({ errorCode: ['AccessDenied'] }), 'DeleteSecret', 'none'],
    ['for events that have a name', detail({ eventName: [{ exists: true }] }), 'DeleteSecret', 'all'],
    ['for events that have no name', detail({ eventName: [{ exists: false }] }), 'DeleteSecret', 'none'],
    ['for events that change something', detail({ readOnly: [false] }), 'DeleteSecret', 'all'],
    ['for events that change something, as text', detail({ readOnly: ['false'] }), 'DeleteSecret', 'none'],
    ['below a field that is text', { source: { name: ['aws.secretsmanager'] } }, 'DeleteSecret', 'none'],
    ['below a field that is absent', detail({ errorCode: { code: [{ exists: false }] } }), 'DeleteSecret', 'all'],
    ['by prefix', detail({ eventName: [{ prefix: 'Rotation' }] }), 'RotationFailed', 'all'],
    ['by prefix in any case', detail({ eventName: [{ prefix: { 'equals-ignore-case': 'ROTATION' } }] }), 'RotationFailed', 'all'],
    ['by suffix', detail({ eventName: [{ suffix: 'Failed' }] }), 'RotationFailed', 'all'],
    ['by another suffix', detail({ eventName: [{ suffix: 'Succeeded' }] }), 'RotationFailed', 'none'],
    ['in any case', detail({ eventName: [{ 'equals-ignore-case': 'rotationfailed' }] }), 'RotationFailed', 'all'],
    ['in this case', detail({ eventName: ['rotationfailed'] }), 'RotationFailed', 'none'],
    ['by wildcard', detail({ eventName: [{ wildcard: '*Resource*y' }] }), 'PutResourcePolicy', 'all'],
    [
      'by a wildcard that wants more than there is',
      detail({ eventName: [{ wildcard: 'Put*Policy*Policy' }] }),
      'PutResourcePolicy',
      'none',
    ],
    ['by a wildcard without star', detail({ eventName: [{ wildcard: 'PutResourcePolicy' }] }), 'PutResourcePolicy', 'all'],
    ['by a wildcard with a star that is a star', detail({ eventName: [{ wildcard: 'Put\\*' }] }), 'PutResourcePolicy', 'none'],
    ['for anything but another event', detail({ eventName: [{ 'anything-but': 'GetSecretValue' }] }), 'DeleteSecret', 'all'],
    ['for anything but this', detail({ eventName: [{ 'anything-but': ['GetSecretValue', 'DeleteSecret'] }] }), 'DeleteSecret', 'none'],
    ['for anything but what begins so', detail({ eventName: [{ 'anything-but': { prefix: ['Get', 'Del'] } }] }), 'DeleteSecret', 'none'],
    ['for anything but one user', detail({ userIdentity: { userName: [{ 'anything-but': 'ci' }] } }), 'DeleteSecret', 'some'],
    [
      'for anything but one value of a field that is absent',
      detail({ errorCode: [{ 'anything-but': 'AccessDenied' }] }),
      'DeleteSecret',
      'none',
    ],
    ['by number', detail({ eventName: [{ numeric: ['>', 1] }] }), 'DeleteSecret', 'none'],
    ['by address', detail({ sourceIPAddress: [{ cidr: '10.0.0.0/24' }] }), 'DeleteSecret', 'some'],
    ['with no value at all', { source: [] }, 'DeleteSecret', 'none'],
    ['that is empty', {}, 'DeleteSecret', 'all'],
    ['with a field that every object has', { constructor: ['x'] }, 'DeleteSecret', 'some'],
  ])('%s', (_name, pattern, event, expected) => {
    expect(cover(pattern, event)).toBe(expected);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a value without its list', '{"source":"aws.secretsmanager"}'],
    ['an operator that is not known', '{"source":[{"sounds-like":"aws"}]}'],
    ['an operator that is not known, on a field that differs', '{"id":[{"sounds-like":"aws"}]}'],
    ['two operators in one matcher', '{"source":[{"prefix":"aws","suffix":"x"}]}'],
    ['exists without true or false', '{"source":[{"exists":"yes"}]}'],
    ['a prefix that is no text', '{"source":[{"prefix":1}]}'],
  ])('that has %s cannot be read', (_name, pattern) => {
    expect(() => patternCoverage(pattern, describeEvent('DeleteSecret', place))).toThrow(UnreadablePattern);
  });
});
