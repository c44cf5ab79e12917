import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageOf, type PageRequest } from '../../src/endpoint/pagination.ts';
import { ServiceError } from '../../src/endpoint/service-error.ts';

const base: PageRequest = {
  operation: 'List',
  token: undefined,
  size: undefined,
  sizeName: 'MaxResults',
  maxSize: 40,
  defaultSize: 20,
  badTokenCode: 'BadToken',
};

function walk(all: readonly number[], size: number | undefined, short: boolean): readonly number[] {
  const seen: number[] = [];
  let token: string | undefined;
  for (let calls = 0; calls < 1000; calls += 1) {
    const page = pageOf(all, { ...base, token, size, short });
    expect(page.items.length).toBeLessThanOrEqual(size ?? base.defaultSize);
    seen.push(...page.items);
    token = page.nextToken;
    if (token === undefined) return seen;
  }
  throw new Error('the walk does not end');
}

it('a walk along the tokens sees everything once and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { maxLength: 200 }),
      fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      fc.boolean(),
      (all, size, short) => {
        expect(walk(all, size, short)).toEqual(all);
      },
    ),
  );
});

it.each([0, -1, 41, 1.5, 'many', null])('refuses the size %s', (size) => {
  expect(() => pageOf([1], { ...base, size })).toThrow(ServiceError);
});

it('refuses a token that is not of this list', () => {
  const { nextToken } = pageOf([1, 2, 3], { ...base, size: 1 });
  for (const token of [42, 'x', nextToken]) {
    expect(() => pageOf([1], { ...base, operation: 'Other', token })).toThrow(ServiceError);
  }
});
