import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { renderExpressions } from '../../scripts/docs/expressions.ts';
import { runConformance } from './cel-spec.ts';

const conformance = runConformance();
const page = 'docs/expressions.md';

/** Where we give another answer than the specification, and why. */
const deviations: { readonly [name: string]: string } = {
  'timestamps/timestamp_range/add_duration_under': 'sums are not held to the years 1 to 9999: no date of AWS is near them',
  'timestamps/timestamp_range/add_duration_over': 'the same',
  'timestamps/timestamp_range/sub_time_duration_over': 'the same, for spans of more than 10,000 years',
  'timestamps/timestamp_range/sub_time_duration_under': 'the same',
  'timestamps/duration_range/add_under': 'the same',
  'timestamps/duration_range/add_over': 'the same',
  'timestamps/duration_range/sub_under': 'the same',
  'timestamps/duration_range/sub_over': 'the same',
};

it('gives no wrong answer but the deviations that are listed', () => {
  expect(conformance.wrong.map((result) => `${result.suite}/${result.name}`).sort()).toEqual(Object.keys(deviations).sort());
});

it('runs enough of the data to mean something', () => {
  expect(conformance.total).toBeGreaterThan(2000);
  expect(conformance.supported).toBeGreaterThan(350);
  expect(conformance.erred).toEqual([]);
});

it('the numbers and the function table of docs/expressions.md are current (UPDATE_DOCS=1 rewrites them)', () => {
  const current = readFileSync(page, 'utf8');
  const renewed = renderExpressions(current, conformance);
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(page, renewed);
  else expect(current).toBe(renewed);
});
