import { Unknown, type Maybe } from '../../model/unknown.ts';
import { arnOf } from '../../iac/arn-of.ts';
import type { Place } from '../../iac/place.ts';
import { planned, type Block, type Path } from './block.ts';
import { typeOfBlock } from './type-names.ts';

/** An attribute of another block that only apply will fill in. A class, so that no data of a plan can pass for one. */
export class BlockReference {
  readonly block: Block;
  readonly attribute: Path;

  constructor(block: Block, attribute: Path) {
    this.block = block;
    this.attribute = attribute;
  }
}

/**
 * The reference as a text: the value that the plan shows, or the ARN or name that the block is going to have
 * (`arnOf`). Unknown where neither can be told.
 */
export function referenceText({ block, attribute }: BlockReference, place: Place): Maybe<string> {
  const found = planned(block, attribute);
  if (found.kind === 'known') {
    return typeof found.value === 'string' ? found.value : new Unknown('unresolved-reference', `${block.address} has no such text`);
  }
  const after = new Unknown('known-after-apply', `known after apply; it comes from ${[block.address, ...attribute].join('.')}`);
  if (found.kind === 'omitted') return after;
  const type = typeOfBlock(block.type);
  const [name] = attribute;
  if (type === undefined || attribute.length !== 1) return after;
  if (name !== 'arn' && !(name === 'id' && type.idIsArn)) return after;
  return arnOf(type.name, block.address, textIn(block, type.nameAttribute), place, textIn(block, 'path')) ?? after;
}

function textIn(block: Block, attribute: string): string | undefined {
  const found = planned(block, [attribute]);
  return found.kind === 'known' && typeof found.value === 'string' ? found.value : undefined;
}
