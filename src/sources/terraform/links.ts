import { Unknown } from '../../model/unknown.ts';
import { BlockReference } from './block-reference.ts';
import type { Block, Path } from './block.ts';
import { own, textOf } from './json.ts';
import { linksAt, type Link, type PlanReader } from './plan-reader.ts';
import { endsOf } from './references.ts';

/** The blocks of one type that speak of owners, such as the rotations of secrets. */
export interface AttachedBlocks {
  /** Those that are certainly of this owner. */
  readonly of: (owner: Block) => readonly Block[];
  /** Why a block more may be of this owner; undefined when none can be. */
  readonly maybeOf: (owner: Block) => Unknown | undefined;
  /** Blocks whose owner is none of the plan, or cannot be told: they stand in for it. Context is left out. */
  readonly ownerless: readonly Block[];
}

export interface Links {
  /** The owner blocks that an argument leads to; Unknown when it cannot be told, undefined when it is none of the plan. */
  readonly attached: (childType: string, argument: string, ownerTypes: readonly string[]) => AttachedBlocks;
}

/** Arguments of an owner that others name it by. */
const handles = ['arn', 'id', 'name', 'function_name', 'key_id', 'unique_id'];

export function createLinks(reader: PlanReader): Links {
  const memo = new Map<string, AttachedBlocks>();
  const handleMaps = new Map<string, Handles>();
  const handlesOf = (types: readonly string[]): Handles => {
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

/** Owners by what a text can name them with: a name may be that of several, in other regions or accounts. */
type Handles = ReadonlyMap<string, ReadonlySet<Block>>;

function byHandle(owners: readonly Block[]): Handles {
  const found = new Map<string, Set<Block>>();
  for (const owner of owners) {
    for (const name of handles) {
      const value = textOf(own(owner.values, name));
      if (value !== undefined && value !== '') found.set(value, (found.get(value) ?? new Set()).add(owner));
    }
  }
  return found;
}

interface Lost {
  readonly block: Block;
  readonly why: Unknown;
  /** Owners that it may be of; undefined for any. */
  readonly candidates: ReadonlySet<Block> | undefined;
}

function attach(
  reader: PlanReader,
  children: readonly Block[],
  path: Path,
  ownerTypes: readonly string[],
  owners: Handles,
): AttachedBlocks {
  const byOwner = new Map<Block, Block[]>();
  const outside: Block[] = [];
  const lost: Lost[] = [];
  for (const block of children) {
    const found = findOwners(linksAt(reader, block, path), ownerTypes, (text) => ownersNamed(reader, block, path, owners.get(text)));
    const [only, ...more] = found.owners;
    if (found.why !== undefined) lost.push({ block, why: found.why, candidates: undefined });
    else if (only === undefined) outside.push(block);
    else if (more.length > 0 || found.none) lost.push({ block, why: oneOfSeveral(block, path), candidates: new Set(found.owners) });
    else byOwner.set(only, [...(byOwner.get(only) ?? []), block]);
  }
  return {
    of: (owner) => byOwner.get(owner) ?? [],
    maybeOf: (owner) => {
      const one = lost.find(({ candidates }) => candidates === undefined || candidates.has(owner));
      return one && new Unknown(one.why.reason, `${one.block.address} may be of it: ${one.why.detail}`);
    },
    ownerless: [...outside, ...lost.map(({ block }) => block)].filter(({ change }) => change !== undefined),
  };
}

function findOwners(
  links: readonly Link[],
  ownerTypes: readonly string[],
  named: (text: string) => readonly Block[],
): { readonly owners: readonly Block[]; readonly none: boolean; readonly why?: Unknown } {
  const found: Block[] = [];
  let none = false;
  for (const link of links) {
    if (link instanceof Unknown) return { owners: [], none, why: link };
    if (link instanceof BlockReference) {
      if (!ownerTypes.includes(link.block.type)) return { owners: [], none, why: notAnOwner(link) };
      found.push(link.block);
      continue;
    }
    const owners = link === undefined ? [] : named(link);
    found.push(...owners);
    if (owners.length === 0) none = true;
  }
  return { owners: found, none };
}

/** Of several that have the name, the one to which the code of the argument leads; all of them where it does not say. */
function ownersNamed(reader: PlanReader, block: Block, path: Path, named: ReadonlySet<Block> | undefined): readonly Block[] {
  const owners = [...(named ?? [])];
  if (owners.length < 2) return owners;
  const meant = endsOf(reader.index, block, path)?.flatMap((end) => (end.kind === 'block' && owners.includes(end.block) ? end.block : []));
  const [only, ...more] = new Set(meant);
  return only === undefined || more.length > 0 ? owners : [only];
}

function oneOfSeveral(block: Block, path: Path): Unknown {
  return new Unknown('unresolved-reference', `${[block.address, ...path].join('.')} may lead to several`);
}

function notAnOwner({ block, attribute }: BlockReference): Unknown {
  return new Unknown('unresolved-reference', `it comes from ${[block.address, ...attribute].join('.')}`);
}
