import { describe, expect, it } from 'vitest';
import { isKey } from '../../src/state/object-key.ts';
import { runKey, sequenceOf } from '../../src/state/object-names.ts';

describe('the keys of runs', () => {
  it.each([1, 9, 10, 42, 12_345_678, 99_999_999])('sequence %d comes back', (sequence) => {
    expect(isKey(runKey(sequence))).toBe(true);
    expect(sequenceOf(runKey(sequence))).toBe(sequence);
  });

  it('sort as their sequences do', () => {
    const sequences = [1, 2, 9, 10, 11, 99, 100, 1_000, 9_999_999, 10_000_000];
    expect([...sequences].reverse().map(runKey).sort().map(sequenceOf)).toEqual(sequences);
  });

  it.each([0, -1, 1.5, 100_000_000, NaN, Infinity])('%d is no sequence', (sequence) => {
    expect(() => runKey(sequence)).toThrow(/^not the sequence of a run: /);
  });

  it.each([
    'runs/00000000.json.gz',
    'runs/1.json.gz',
    'runs/000000001.json.gz',
    'runs/00000001.json',
    'runs/00000001.json.gz.tmp',
    'runs/old/00000001.json.gz',
    'notified/00000001.json.gz',
    'runs/0000000a.json.gz',
  ])('%s is no key of a run', (key) => {
    expect(sequenceOf(key)).toBeUndefined();
  });
});
