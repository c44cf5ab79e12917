import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { makeFailure } from '../../../src/sources/aws/failures.ts';
import { checkRegionNames, chooseRegions, regionNote } from '../../../src/sources/aws/regions.ts';

const list = {
  regions: [
    { name: 'us-east-1', enabled: true },
    { name: 'eu-west-1', enabled: true },
    { name: 'ap-south-1', enabled: true },
    { name: 'me-south-1', enabled: false },
  ],
};
const failure = makeFailure('denied', 'account:ListRegions', { code: 'AccessDeniedException' });

function errorOf(task: () => unknown): UserError {
  try {
    task();
  } catch (error) {
    if (error instanceof UserError) return error;
  }
  throw new Error('no UserError was thrown');
}

describe('chooseRegions', () => {
  it.each([
    ['the default region', undefined, ['us-east-1'], ['ap-south-1', 'eu-west-1']],
    ['an empty list is the default region', [], ['us-east-1'], ['ap-south-1', 'eu-west-1']],
    ['those that were named, once each and sorted', ['us-east-1', 'eu-west-1', 'us-east-1'], ['eu-west-1', 'us-east-1'], ['ap-south-1']],
    ['all that are enabled', 'all' as const, ['ap-south-1', 'eu-west-1', 'us-east-1'], []],
    [
      'a region that is known but not enabled is read, and its refusal shown',
      ['me-south-1'],
      ['me-south-1'],
      ['ap-south-1', 'eu-west-1', 'us-east-1'],
    ],
  ])('%s', (_name, requested, regions, left) => {
    expect(chooseRegions(requested, 'us-east-1', list)).toEqual({ regions, left });
  });

  it('refuses a region that the partition does not have', () => {
    const error = errorOf(() => chooseRegions(['eu-west-9'], 'us-east-1', list));
    expect(error.code).toBe('region-unknown');
    expect(error.message).toContain('eu-west-9');
    expect(error.hint).toContain('eu-west-1');
  });

  it.each([
    ['the default region', undefined, ['us-east-1']],
    ['those that were named', ['eu-west-1'], ['eu-west-1']],
    ['none of all', 'all' as const, []],
  ])('reads %s when the regions cannot be listed', (_name, requested, regions) => {
    expect(chooseRegions(requested, 'us-east-1', { failure })).toEqual({ regions, failure });
  });
});

describe('checkRegionNames', () => {
  it.each(['us-east-1', 'eu-central-2', 'us-gov-west-1', 'cn-north-1', 'us-iso-east-1', 'eusc-de-east-1', 'ap-southeast-4'])(
    'accepts %s',
    (name) => {
      expect(() => {
        checkRegionNames([name]);
      }).not.toThrow();
    },
  );

  it.each(['useast1', 'US-EAST-1', 'us-east-1a', 'us-east-1.example.com', '', 'global', 'us east 1'])('refuses "%s"', (name) => {
    const error = errorOf(() => {
      checkRegionNames(['us-east-1', name]);
    });
    expect(error.code).toBe('region-unknown');
  });
});

describe('regionNote', () => {
  it('counts the enabled regions that were not looked at', () => {
    expect(regionNote('123456789012', { regions: ['us-east-1'], left: ['a', 'b'] })).toBe(
      'aws/123456789012: looked at us-east-1; 2 other enabled regions were not looked at (--region all takes them in)',
    );
  });

  it('says when their number is unknown', () => {
    expect(regionNote('123456789012', { regions: ['us-east-1'], failure })).toBe(
      'aws/123456789012: looked at us-east-1; how many other enabled regions were not looked at is unknown (AccessDeniedException on account:ListRegions)',
    );
  });

  it('is silent when none is left', () => {
    expect(regionNote('123456789012', { regions: ['us-east-1'], left: [] })).toBeUndefined();
  });
});
