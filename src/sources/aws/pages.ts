import type { ScopeReader } from './collector.ts';
import { MalformedAnswer, type Failure } from './failures.ts';
import type { Operation } from './operations.ts';

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Token of the next page; absent on the last one. */
  readonly next?: string | undefined;
}

export interface Pages<Item> {
  readonly items: readonly Item[];
  /** Why the list ends before its end; the items of the pages before it are there all the same. */
  readonly failure?: Failure;
}

/** AWS may answer with empty pages that have a successor; nothing sane answers with so many in a row. */
const emptyPagesAtMost = 1_000;
/** More than the quota of anything that is listed here: an account has at most 500,000 secrets. */
const pagesAtMost = 100_000;

/**
 * Reads all pages of a list, by the token and not by the count. A token seen before is a malformed answer, so that
 * a confused server cannot keep us going in circles.
 *
 * @param read asks for one page; throws `MalformedAnswer` when the page lacks what AWS always sends
 */
export async function readPages<Item>(
  scope: Pick<ScopeReader, 'calls' | 'onListing'>,
  operation: Operation,
  read: (token: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  onPage: (items: readonly Item[]) => void = () => undefined,
): Promise<Pages<Item>> {
  const items: Item[] = [];
  const tokens = new Set<string>();
  let token: string | undefined;
  let empty = 0;
  for (;;) {
    const current = token;
    const answer = await scope.calls.make(operation, async (signal) => {
      const page = await read(current, signal);
      const next: unknown = page.next ?? undefined;
      if (next !== undefined && typeof next !== 'string') throw new MalformedAnswer('a page token that is no text');
      if (next !== undefined && (next === current || tokens.has(next))) throw new MalformedAnswer('a page token that repeats');
      if (tokens.size >= pagesAtMost) throw new MalformedAnswer('no end of pages');
      if (page.items.length === 0 && empty >= emptyPagesAtMost) throw new MalformedAnswer('no end of empty pages');
      return page;
    });
    if (!answer.ok) return { items, failure: answer.failure };
    const { items: found, next } = answer.value;
    empty = found.length === 0 ? empty + 1 : 0;
    for (const item of found) items.push(item);
    onPage(found);
    scope.onListing(operation, items.length);
    if (!next) return { items };
    tokens.add(next);
    token = next;
  }
}

/** Reads a list that decides which resources there are: its pages and failures count for the status of the scope. */
export async function readListing<Item>(
  scope: ScopeReader,
  operation: Operation,
  read: (token: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
): Promise<Pages<Item>> {
  const pages = await readPages(scope, operation, read, () => {
    scope.report.page(operation);
  });
  if (pages.failure !== undefined) scope.report.failed(pages.failure);
  return pages;
}
