import { describe, expect, it } from 'vitest';
import { touches } from '../../../src/sources/aws/needs.ts';

describe('touches', () => {
  it.each([
    ['the same path', 'encryption.keyState', true],
    ['a path below', 'encryption.keyState.x', true],
    ['an element of a list', 'encryption.keyState[].x', true],
    ['a path above', 'encryption', true],
    ['the whole resource', '', true],
    ['a sibling', 'encryption.manager', false],
    ['a longer name', 'encryption.keyStates', false],
    ['a shorter name', 'encryption.key', false],
  ])('%s', (_name, needed, expected) => {
    expect(touches(new Set([needed]), 'encryption.keyState')).toBe(expected);
  });

  it('is false when the type is not needed', () => {
    expect(touches(undefined, 'statements')).toBe(false);
  });
});
