import { facets } from './facets.ts';
import type { Row } from './rows.ts';
import type { ViewState } from './view-state.ts';

export interface Filtered {
  readonly rows: readonly Row[];
  /** By facet and value: how many findings there would be if the facet itself let everything through. */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export function filterRows(all: readonly Row[], { query, chosen }: Pick<ViewState, 'query' | 'chosen'>): Filtered {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const counts = new Map(facets.map(({ name }) => [name, new Map<string, number>()]));
  const limits = facets.map(({ name }) => {
    const values = chosen[name] ?? [];
    return values.length === 0 ? undefined : new Set(values);
  });
  const rows = all.filter((row) => {
    if (!words.every((word) => row.text.includes(word))) return false;
    const values = facets.map(({ valuesOf }) => valuesOf(row));
    const failed = limits.flatMap((limit, index) =>
      limit !== undefined && !values[index]?.some((value) => limit.has(value)) ? [index] : [],
    );
    if (failed.length > 1) return false;
    facets.forEach(({ name }, index) => {
      if (failed.length === 1 && failed[0] !== index) return;
      const of = counts.get(name);
      for (const value of values[index] ?? []) of?.set(value, (of.get(value) ?? 0) + 1);
    });
    return failed.length === 0;
  });
  return { rows, counts };
}
