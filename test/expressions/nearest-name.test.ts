import { describe, expect, it } from 'vitest';
import { nearestName } from '../../src/expressions/nearest-name.ts';

const policies = [
  'secretsmanager-key-rotates',
  'secretsmanager-rotation-interval',
  'secretsmanager-rotation-enabled',
  'secretsmanager-rotated-recently',
  'kms-key-rotates',
];

describe('the nearest name', () => {
  it.each<[written: string, names: readonly string[], nearest: string | undefined]>([
    ['secretsmanager-rotation', policies, 'secretsmanager-rotation-enabled'],
    ['secretsmanager-rotation-i', policies, 'secretsmanager-rotation-interval'],
    ['SecretsManager-Rotation', policies, 'secretsmanager-rotation-enabled'],
    ['secretsmanager-rotation-intreval', policies, 'secretsmanager-rotation-interval'],
    ['secretsmanager-rotates', policies, 'secretsmanager-key-rotates'],
    ['km', policies, undefined],
    ['hihg', ['critical', 'high', 'medium', 'low', 'info'], 'high'],
    ['med', ['critical', 'high', 'medium', 'low', 'info'], 'medium'],
    ['tag', ['tages', 'tags'], 'tags'],
    ['zzz', policies, undefined],
    ['', policies, undefined],
  ])('to %s', (written, names, nearest) => {
    expect(nearestName(written, names)).toBe(nearest);
  });
});
