import type { ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import type { Operation } from './operations.ts';

/** Reads a detail of each item, several at a time; the result is keyed by the item. */
export async function readEach<Item, Result>(
  scope: ScopeReader,
  operation: Operation,
  items: readonly Item[],
  read: (item: Item) => Promise<Result>,
): Promise<ReadonlyMap<Item, Result>> {
  let done = 0;
  const results = await mapLimited(items, scope.concurrency, async (item) => {
    const result = await read(item);
    done += 1;
    scope.onReading(operation, done, items.length);
    return [item, result] as const;
  });
  return new Map(results);
}
