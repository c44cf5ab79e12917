import type { Change } from '../../model/resource.ts';
import { step, type JsonObject } from './json.ts';
import type { ModuleInstance } from './module-tree.ts';

/** One instance of a resource or data block. */
export interface Block {
  readonly address: string;
  readonly previousAddress?: string;
  readonly module: ModuleInstance;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly key: string | number | undefined;
  /** Undefined for what is only context: data sources, and what a targeted plan does not touch. */
  readonly change: Change | undefined;
  readonly values: unknown;
  /** The parallel tree of what is known after apply; `false` or absent where all is known. */
  readonly unknown: unknown;
  /** The block in `configuration`; undefined when it is not there any more. */
  readonly config: JsonObject | undefined;
}

export type Path = readonly (string | number)[];

/** What the values of a plan say at a path. */
export type Planned =
  | { readonly kind: 'known'; readonly value: unknown }
  /** Null or not there: not set. */
  | { readonly kind: 'omitted' }
  /** Known after apply; `at` is how much of the path the plan marks as unknown. */
  | { readonly kind: 'unknown'; readonly at: Path };

/** Looks the path up in the values and in the tree of unknowns beside them: `true` there may stand at any level. */
export function planned(block: Block, path: Path): Planned {
  let value = block.values;
  let { unknown } = block;
  for (const [index, key] of path.entries()) {
    if (unknown === true) return { kind: 'unknown', at: path.slice(0, index) };
    value = step(value, key);
    unknown = step(unknown, key);
  }
  if (unknown === true) return { kind: 'unknown', at: path };
  return value === undefined || value === null ? { kind: 'omitted' } : { kind: 'known', value };
}

/** What the plan marks as unknown at and below the path. */
export function unknownAt(block: Block, path: Path): unknown {
  let { unknown } = block;
  for (const key of path) {
    if (unknown === true) return true;
    unknown = step(unknown, key);
  }
  return unknown;
}
