import type { Path } from './block.ts';
import { evaluate, type Run, type Scope } from './evaluate.ts';
import type { HclAttribute, HclBlock, HclBody } from './hcl/index.ts';
import { isObject } from './json.ts';
import { Unknown } from '../../model/unknown.ts';

/** Where a path leads in a block: an argument and the rest of the path inside its value, or a nested block. */
export type Place =
  | { readonly kind: 'attribute'; readonly attribute: HclAttribute; readonly rest: Path; readonly scope: Scope }
  | { readonly kind: 'block'; readonly block: HclBlock; readonly scope: Scope }
  /** Not written; `around` is the block that it would stand in. */
  | { readonly kind: 'missing'; readonly around: HclBlock }
  /** It may be written in a dynamic block that could not be followed. */
  | { readonly kind: 'unsure'; readonly around: HclBlock };

/** Follows a path of the plan's values into the block, through nested blocks and dynamic ones. */
export function placeIn(block: HclBlock, path: Path, scope: Scope, run: Run): Place {
  const [name, ...rest] = path;
  if (name === undefined) return { kind: 'block', block, scope };
  const attribute = block.body.attributes.find((one) => one.name === name);
  if (attribute) return { kind: 'attribute', attribute, rest, scope };
  const [index, ...inner] = rest;
  const nested = nestedBlocks(block.body, String(name), scope, run);
  if (nested === undefined) return { kind: 'unsure', around: dynamicBlock(block.body, String(name)) ?? block };
  const found = nested[typeof index === 'number' ? index : 0];
  if (found === undefined) return { kind: 'missing', around: block };
  return placeIn(found.block, inner, found.scope, run);
}

interface Nested {
  readonly block: HclBlock;
  readonly scope: Scope;
}

function dynamicBlock(body: HclBody, name: string): HclBlock | undefined {
  return body.blocks.find(({ type, labels }) => type === 'dynamic' && labels[0] === name);
}

/** The nested blocks of a name in order, dynamic ones unrolled; undefined when one could not be followed. */
function nestedBlocks(body: HclBody, name: string, scope: Scope, run: Run): readonly Nested[] | undefined {
  const found: Nested[] = [];
  for (const block of body.blocks) {
    if (block.type === name) found.push({ block, scope });
    if (block.type !== 'dynamic' || block.labels[0] !== name) continue;
    const unrolled = unroll(block, name, scope, run);
    if (unrolled === undefined) return undefined;
    found.push(...unrolled);
  }
  return found;
}

/** https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks */
function unroll(block: HclBlock, name: string, scope: Scope, run: Run): readonly Nested[] | undefined {
  const content = block.body.blocks.find(({ type }) => type === 'content');
  const forEach = block.body.attributes.find((one) => one.name === 'for_each');
  const iterator = block.body.attributes.find((one) => one.name === 'iterator')?.value;
  if (content === undefined || forEach === undefined) return undefined;
  const over = evaluate(forEach.value, scope, run);
  const variable = iterator?.kind === 'variable' ? iterator.name : name;
  const bind = (key: unknown, value: unknown): Nested => ({
    block: content,
    scope: { ...scope, bound: new Map([...scope.bound, [variable, { key, value }]]) },
  });
  if (Array.isArray(over)) return over.map((value: unknown, index) => bind(index, value));
  return isObject(over) && !(over instanceof Unknown) ? Object.entries(over).map(([key, value]) => bind(key, value)) : undefined;
}
