import { int, list, map, string } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

/** Characters, not UTF-16 units, as CEL counts. */
function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const shared = { form: 'method', returns: int, standard: true } as const;

export const sizeFunctions: readonly CelFunction[] = [
  {
    ...shared,
    name: 'string.size',
    params: [string],
    doc: 'Number of characters.',
    call: (_budget, value) => characters(value as string),
    examples: [{ expression: "'abc'.size()", result: 3 }],
  },
  {
    ...shared,
    name: 'list.size',
    // The checker looks at the receiver's kind alone, so any element type will do here.
    params: [list(string)],
    doc: 'Number of elements; unknown elements count, since they are there.',
    unknownAware: 'parts',
    call: (_budget, value) => (value as readonly unknown[]).length,
    examples: [{ expression: "['a', 'b'].size()", result: 2 }],
  },
  {
    ...shared,
    name: 'map.size',
    params: [map(string)],
    doc: 'Number of entries.',
    unknownAware: 'parts',
    call: (_budget, value) => Object.keys(value as object).length,
    examples: [],
  },
];
