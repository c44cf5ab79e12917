import { describe, expect, it } from 'vitest';
import { createCalls } from '../../../src/sources/aws/calls.ts';
import { MalformedAnswer } from '../../../src/sources/aws/failures.ts';
import { readPages, type Page } from '../../../src/sources/aws/pages.ts';
import { fastTuning, never } from './fake-time.ts';

const operation = 'ssm:DescribeParameters';

/** Reads pages that are served by token. */
async function read(pages: { readonly [token: string]: Page<number> | Error }) {
  const counts: number[] = [];
  const scope = {
    calls: createCalls(fastTuning({ attempts: 1 }), never),
    onListing: (_operation: string, done: number) => counts.push(done),
  };
  const result = await readPages(scope, operation, (token) => {
    const page = pages[token ?? 'first'] ?? new Error('no such page');
    return page instanceof Error ? Promise.reject(page) : Promise.resolve(page);
  });
  return { ...result, counts };
}

const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });

describe('readPages', () => {
  it('follows the token to the end', async () => {
    const result = await read({ first: { items: [1, 2], next: 'b' }, b: { items: [3], next: 'c' }, c: { items: [4] } });
    expect(result).toEqual({ items: [1, 2, 3, 4], counts: [2, 3, 4] });
  });

  it('goes on after an empty page that has a successor', async () => {
    const result = await read({ first: { items: [], next: 'b' }, b: { items: [], next: 'c' }, c: { items: [1] } });
    expect(result.items).toEqual([1]);
    expect(result.failure).toBeUndefined();
  });

  it('takes an empty token for the end', async () => {
    expect((await read({ first: { items: [1], next: '' } })).items).toEqual([1]);
  });

  it.each([
    ['the same token at once', { first: { items: [1], next: 'b' }, b: { items: [2], next: 'b' } }, [1]],
    ['a circle', { first: { items: [1], next: 'b' }, b: { items: [2], next: 'c' }, c: { items: [3], next: 'b' } }, [1, 2]],
  ])('stops at %s', async (_name, pages, items) => {
    const result = await read(pages);
    expect(result.items).toEqual(items);
    expect(result.failure).toMatchObject({ kind: 'malformed', detail: `the answer to ${operation} has a page token that repeats` });
  });

  it('keeps the pages before the one that fails', async () => {
    const result = await read({ first: { items: [1, 2], next: 'b' }, b: denied });
    expect(result.items).toEqual([1, 2]);
    expect(result.failure).toMatchObject({ kind: 'denied', reason: 'access-denied', operation });
  });

  it('takes a page without its list for malformed', async () => {
    const result = await read({ first: new MalformedAnswer('no Parameters') });
    expect(result).toMatchObject({ items: [], failure: { kind: 'malformed', detail: `the answer to ${operation} has no Parameters` } });
  });
});
