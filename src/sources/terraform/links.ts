import { Unknown } from '../../model/unknown.ts';
import { BlockReference } from './block-reference.ts';
import type { Block, Path } from './block.ts';
import { own, textOf } from './json.ts';
import { linksAt, type PlanReader } from './plan-reader.ts';

/** The blocks that speak of one owner, such as the rotations of a secret. */
export interface Attached {
  readonly block: Block;
  /** The owner may be another one: several are possible. */
  readonly certain: boolean;
}

export interface AttachedBlocks {
  /** By address of the owner. */
  readonly of: (owner: Block) => readonly Attached[];
  /** Blocks whose owner is none of the plan: made elsewhere. */
  readonly outside: readonly Block[];
  /** Blocks whose owner could not be told. */
  readonly lost: readonly { readonly block: Block; readonly why: Unknown }[];
}

export interface Links {
  /** The owner blocks that an argument leads to; Unknown when it cannot be told, undefined when it is none of the plan. */
  readonly attached: (childType: string, argument: string, ownerTypes: readonly string[]) => AttachedBlocks;
}

/** Arguments of an owner that others name it by. */
const handles = ['arn', 'id', 'name', 'key_id', 'unique_id'];

export function createLinks(reader: PlanReader): Links {
  const memo = new Map<string, AttachedBlocks>();
  const handleMaps = new Map<string, ReadonlyMap<string, Block>>();
  const handlesOf = (types: readonly string[]): ReadonlyMap<string, Block> => {
    const key = types.join(' ');
    const made = handleMaps.get(key) ?? byHandle(types.flatMap((type) => reader.index.ofType(type)));
    handleMaps.set(key, made);
    return made;
  };
  return {
    attached: (childType, argument, ownerTypes) => {
      const key = [childType, argument, ...ownerTypes].join(' ');
      const made = memo.get(key) ?? attach(reader, reader.index.ofType(childType), [argument], ownerTypes, handlesOf(ownerTypes));
      memo.set(key, made);
      return made;
    },
  };
}

function byHandle(owners: readonly Block[]): ReadonlyMap<string, Block> {
  const found = new Map<string, Block>();
  for (const owner of owners) {
    for (const name of handles) {
      const value = textOf(own(owner.values, name));
      if (value !== undefined && value !== '' && !found.has(value)) found.set(value, owner);
    }
  }
  return found;
}

function attach(
  reader: PlanReader,
  children: readonly Block[],
  path: Path,
  ownerTypes: readonly string[],
  owners: ReadonlyMap<string, Block>,
): AttachedBlocks {
  const byOwner = new Map<string, Attached[]>();
  const outside: Block[] = [];
  const lost: { block: Block; why: Unknown }[] = [];
  for (const block of children) {
    const links = linksAt(reader, block, path);
    const found: Block[] = [];
    let why: Unknown | undefined;
    for (const link of links) {
      if (link instanceof Unknown) why ??= link;
      else if (link instanceof BlockReference && ownerTypes.includes(link.block.type)) found.push(link.block);
      else if (link instanceof BlockReference) why ??= notAnOwner(link);
      else {
        const owner = link === undefined ? undefined : owners.get(link);
        if (owner) found.push(owner);
      }
    }
    const certain = found.length === 1 && why === undefined && links.length === 1;
    for (const owner of found) byOwner.set(owner.address, [...(byOwner.get(owner.address) ?? []), { block, certain }]);
    if (why !== undefined) lost.push({ block, why });
    else if (found.length === 0) outside.push(block);
  }
  return { of: (owner) => byOwner.get(owner.address) ?? [], outside, lost };
}

function notAnOwner({ block, attribute }: BlockReference): Unknown {
  return new Unknown('unresolved-reference', `it comes from ${[block.address, ...attribute].join('.')}`);
}
