import { arnOf } from '../../iac/arn-of.ts';
import type { DeclaredKey, KeyIndex, KeyLink } from '../../iac/key-link.ts';
import { linkedKey } from '../../iac/key-link.ts';
import { keyRotation } from '../../iac/kms-key.ts';
import { placeText } from '../../iac/place.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { BlockReference } from './block-reference.ts';
import { planned, type Block, type Path } from './block.ts';
import { listOf, own, textOf } from './json.ts';
import { boolAt, linkAt, linksAt, textAt, type Link, type PlanReader } from './plan-reader.ts';
import { expressionAt } from './references.ts';

/** A secret or parameter that a key encrypts. */
export interface KeyUse {
  /** Address of the key. */
  readonly key: string;
  readonly type: string;
  readonly name: Maybe<string>;
}

export const keyTypes: readonly string[] = ['aws_kms_key', 'aws_kms_external_key', 'aws_kms_replica_key', 'aws_kms_replica_external_key'];

/** Facts about a key block that those it encrypts ask for. */
export function keyFacts(
  reader: PlanReader,
  block: Block,
): { readonly spec: Maybe<string>; readonly origin: Maybe<string>; readonly rotation: Maybe<boolean> } {
  const external = block.type.endsWith('external_key');
  const replica = block.type.startsWith('aws_kms_replica');
  const xks = textAt(reader, block, ['xks_key_id']);
  const store = textAt(reader, block, ['custom_key_store_id']);
  const origin =
    external || replica
      ? external
        ? 'EXTERNAL'
        : 'AWS_KMS'
      : xks instanceof Unknown
        ? xks
        : xks !== undefined && xks !== ''
          ? 'EXTERNAL_KEY_STORE'
          : store instanceof Unknown
            ? store
            : store !== undefined && store !== ''
              ? 'AWS_CLOUDHSM'
              : 'AWS_KMS';
  const spec = replica ? specOfPrimary(reader, block) : (textAt(reader, block, ['customer_master_key_spec']) ?? 'SYMMETRIC_DEFAULT');
  // A replica rotates with its primary.
  const rotation = replica ? rotationOfPrimary(reader, block) : (boolAt(reader, block, ['enable_key_rotation']) ?? false);
  return { spec, origin, rotation };
}

function primaryOf(reader: PlanReader, block: Block): Block | Unknown {
  const link = linkAt(reader, block, ['primary_key_arn']);
  if (link instanceof BlockReference && link.block.type === 'aws_kms_key') return link.block;
  if (typeof link === 'string') {
    const found = reader.index.ofType('aws_kms_key').find((key) => textOf(own(key.values, 'arn')) === link);
    if (found) return found;
  }
  return new Unknown('unresolved-reference', 'the primary key is not in this plan');
}

function specOfPrimary(reader: PlanReader, block: Block): Maybe<string> {
  const primary = primaryOf(reader, block);
  return primary instanceof Unknown ? primary : (textAt(reader, primary, ['customer_master_key_spec']) ?? 'SYMMETRIC_DEFAULT');
}

function rotationOfPrimary(reader: PlanReader, block: Block): Maybe<boolean> {
  const primary = primaryOf(reader, block);
  return primary instanceof Unknown ? primary : (boolAt(reader, primary, ['enable_key_rotation']) ?? false);
}

/** The keys of the plan, and those that its data sources looked up, by all that a text can name them with. */
export function indexKeys(reader: PlanReader): KeyIndex {
  const index = new Map<string, DeclaredKey>();
  const note = (name: string | undefined, key: DeclaredKey): void => {
    if (name !== undefined && name !== '' && !index.has(name)) index.set(name, key);
  };
  for (const block of keyTypes.flatMap((type) => reader.index.ofType(type))) {
    const key = declaredKeyOf(reader, block);
    note(block.address, key);
    for (const name of ['arn', 'key_id', 'id']) note(textOf(own(block.values, name)), key);
  }
  for (const alias of reader.index.ofType('aws_kms_alias')) {
    const key = keyOfLink(reader, index, linkAt(reader, alias, ['target_key_id']));
    if (key) for (const name of ['name', 'arn']) note(textOf(own(alias.values, name)), key);
  }
  for (const block of reader.index.ofType('data.aws_kms_key')) {
    const arn = textOf(own(block.values, 'arn'));
    const manager = own(block.values, 'key_manager');
    if (arn === undefined || (manager !== 'AWS' && manager !== 'CUSTOMER')) continue;
    const key: DeclaredKey = { address: block.address, arn, manager: manager === 'AWS' ? 'aws' : 'customer', rotationEnabled: elsewhere };
    for (const name of ['arn', 'id', 'key_id']) note(textOf(own(block.values, name)), key);
  }
  for (const block of reader.index.ofType('data.aws_kms_alias')) {
    const name = textOf(own(block.values, 'name'));
    const arn = textOf(own(block.values, 'target_key_arn'));
    if (name === undefined || arn === undefined) continue;
    const manager = name.startsWith('alias/aws/') ? 'aws' : 'customer';
    const key: DeclaredKey = { address: block.address, arn, manager, rotationEnabled: elsewhere };
    note(arn, key);
    note(textOf(own(block.values, 'target_key_id')), key);
  }
  return index;
}

const elsewhere = new Unknown('unresolved-reference', 'the key is not in this plan');

function declaredKeyOf(reader: PlanReader, block: Block): DeclaredKey {
  const place = reader.placeOf(block);
  const { spec, origin, rotation } = keyFacts(reader, block);
  const rotationEnabled = keyRotation(spec, origin, rotation);
  const arn = textOf(own(block.values, 'arn')) ?? arnOf('AWS::KMS::Key', block.address, undefined, place) ?? placeText(place, 'account');
  return { address: block.address, arn, ...(rotationEnabled === undefined ? {} : { rotationEnabled }) };
}

function keyOfLink(reader: PlanReader, keys: KeyIndex, link: Link): DeclaredKey | undefined {
  if (typeof link === 'string') return keys.get(link);
  if (!(link instanceof BlockReference)) return undefined;
  const { block } = link;
  if (block.type === 'aws_kms_alias') return keyOfLink(reader, keys, linkAt(reader, block, ['target_key_id']));
  return keys.get(block.address);
}

/** What an argument configures as its KMS key. */
export function keyLinkAt(reader: PlanReader, keys: KeyIndex, block: Block, path: Path): KeyLink {
  const links = linksAt(reader, block, path).map((link) => keyLink(reader, keys, link, block, path));
  const [first = { kind: 'default' } as const] = links;
  if (links.length <= 1) return first;
  // Several keys are possible; if all are keys of the plan, it is one of them whichever it will be.
  const declared = links.flatMap((link) => (link.kind === 'declared' ? [link.key] : []));
  const [key] = declared;
  if (key && declared.length === links.length && declared.every(({ manager }) => manager === undefined)) {
    const rotations = new Set(declared.map(({ rotationEnabled }) => rotationEnabled));
    return { kind: 'declared', key: rotations.size === 1 ? key : { ...key, rotationEnabled: several } };
  }
  return { kind: 'unknown', why: links.find((link) => link.kind === 'unknown')?.why ?? several };
}

const several = new Unknown('unresolved-reference', 'several keys are possible, and the plan does not say which');

function keyLink(reader: PlanReader, keys: KeyIndex, link: Link, block: Block, path: Path): KeyLink {
  if (link === undefined || link === '') return { kind: 'default' };
  if (link instanceof Unknown) return { kind: 'unknown', why: link };
  if (typeof link === 'string') {
    const from = namesIn(block, path);
    return { kind: 'text', text: link, ...(from === undefined ? {} : { from }) };
  }
  const key = keyOfLink(reader, keys, link);
  if (key) return { kind: 'declared', key };
  const name = planned(link.block, ['name']);
  // An alias of the plan whose key is not: reserved names aside, only customer managed keys have aliases.
  if (link.block.type === 'aws_kms_alias' && name.kind === 'known' && typeof name.value === 'string')
    return { kind: 'text', text: name.value };
  const why = new Unknown('unresolved-reference', `the key comes from ${[link.block.address, ...link.attribute].join('.')}`);
  return { kind: 'unknown', why };
}

/** The names that the configuration has the argument from, such as `var.key_arn`; undefined for a text that is written out. */
function namesIn(block: Block, path: Path): string | undefined {
  const [first] = listOf(own(expressionAt(block.config, path), 'references'));
  return typeof first === 'string' ? first : undefined;
}

/** Notes that the key of a link encrypts something. */
export function noteUse(uses: KeyUse[], keys: KeyIndex, link: KeyLink, type: string, name: Maybe<string>): void {
  const key = linkedKey(link, keys);
  if (key) uses.push({ key: key.address, type, name });
}
