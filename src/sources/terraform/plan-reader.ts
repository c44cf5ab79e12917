import type { Origin } from '../../iac/origin.ts';
import type { Place } from '../../iac/place.ts';
import type { SourceLocation } from '../../model/location.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { BlockReference, referenceText } from './block-reference.ts';
import { planned, unknownAt, type Block, type Path } from './block.ts';
import { isObject, step } from './json.ts';
import { encodedText, JsonEncoded } from './json-encoded.ts';
import type { PlanIndex } from './plan-index.ts';
import { afterApply, endsOf, endsOfWritten, expressionAt, type End } from './references.ts';
import type { Sources } from './sources.ts';

/** All that reading one plan needs. */
export interface PlanReader {
  readonly index: PlanIndex;
  readonly sources: Sources | undefined;
  readonly placeOf: (block: Block) => Place;
}

/**
 * The value of an argument: plain data, with Unknown where apply will tell and BlockReference where the code names another
 * block. Undefined when it is not set. The plan is believed first, then the code; the references in `configuration`
 * only say whether an unknown argument is set at all, and name what it comes from.
 */
export function valueAt(reader: PlanReader, block: Block, path: Path): unknown {
  const found = planned(block, path);
  switch (found.kind) {
    case 'omitted':
      return undefined;
    case 'unknown':
      return unknownValue(reader, block, path);
    case 'known':
      return withUnknowns(reader, block, path, found.value, unknownAt(block, path));
    default:
      return found satisfies never;
  }
}

function withUnknowns(reader: PlanReader, block: Block, path: Path, value: unknown, unknown: unknown): unknown {
  if (unknown === true) return unknownValue(reader, block, path);
  if (typeof unknown !== 'object' || unknown === null) return value;
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) => withUnknowns(reader, block, [...path, index], element, step(unknown, index)));
  }
  if (!isObject(value)) return value;
  const made: { [key: string]: unknown } = Object.create(null) as { [key: string]: unknown };
  for (const [key, element] of Object.entries(value)) made[key] = withUnknowns(reader, block, [...path, key], element, step(unknown, key));
  for (const [key, mark] of Object.entries(unknown)) {
    if (mark === true && !Object.hasOwn(value, key)) made[key] = unknownValue(reader, block, [...path, key]);
  }
  return made;
}

/** Of an argument that the plan marks as unknown: not set after all, as the code has it, or Unknown. */
function unknownValue(reader: PlanReader, block: Block, path: Path): unknown {
  const ends = endsOf(reader.index, block, path);
  if (isNotWritten(reader, block, path, ends)) return undefined;
  const evaluated = reader.sources?.evaluate(block, path);
  return evaluated === undefined ? afterApply(ends) : evaluated.value;
}

/**
 * Whether an argument that the plan marks as unknown is simply not written: what the provider computes then. The plan marks
 * both alike; `configuration` tells them apart, and shows `null` of a variable or a literal too.
 */
export function isOmitted(reader: PlanReader, block: Block, path: Path): boolean {
  return isNotWritten(reader, block, path, endsOf(reader.index, block, path));
}

/** The same by what the configuration says there, which is undefined when it says nothing. */
function isNotWritten({ sources }: PlanReader, block: Block, path: Path, ends: readonly End[] | undefined): boolean {
  if (ends !== undefined) return ends.length > 0 && ends.every(({ kind }) => kind === 'omitted');
  if (block.config === undefined) return false;
  // A dynamic block leaves no trace in `configuration`: of what may be one, only the code can tell.
  const written = sources?.sets(block, path);
  if (written !== undefined) return !written;
  if (path.length === 1) return !mayBeDynamic(block, path[0]);
  const parent = path.slice(0, -1);
  return parent.every((_key, at) => expressionAt(block.config, parent.slice(0, at + 1)) !== undefined);
}

/** Of a block that is there in the values, but not in `configuration`. */
function mayBeDynamic(block: Block, name: string | number | undefined): boolean {
  const found = name === undefined ? undefined : step(block.values, name);
  return Array.isArray(found) && found.length > 0;
}

/** What an argument is made of, as finely as plan and code tell. Undefined when neither says. */
export function madeOf({ index, sources }: PlanReader, block: Block, path: Path): readonly End[] | undefined {
  const written = sources?.expression(block, path);
  return written === undefined ? endsOf(index, block, path) : endsOfWritten(index, block, written);
}

/** A link to something else: a text, the block that it leads to, Unknown, or undefined when none is set. */
export type Link = string | BlockReference | Unknown | undefined;

/**
 * Where an argument leads. Unlike `valueAt` it believes the references in `configuration`: an unknown `kms_key_id` that
 * refers to one key is that key. Several possible targets come back as Unknown from `linkAt` and one by one from `linksAt`.
 */
export function linksAt(reader: PlanReader, block: Block, path: Path): readonly Link[] {
  const found = planned(block, path);
  if (found.kind === 'omitted') return [undefined];
  if (found.kind === 'known') return [typeof found.value === 'string' ? found.value : malformed(block, path)];
  const ends = endsOf(reader.index, block, path);
  if (isNotWritten(reader, block, path, ends)) return [undefined];
  const evaluated = reader.sources?.evaluate(block, path)?.value;
  if (typeof evaluated === 'string' || evaluated instanceof BlockReference) return [evaluated];
  if (ends === undefined || ends.length === 0) return [afterApply(ends)];
  return ends.map((end) => linkOfEnd(end, ends));
}

export function linkAt(reader: PlanReader, block: Block, path: Path): Link {
  const links = linksAt(reader, block, path);
  const [only] = links;
  return links.length === 1 ? only : afterApply(endsOf(reader.index, block, path));
}

function linkOfEnd(end: End, ends: readonly End[]): Link {
  switch (end.kind) {
    case 'block':
      return new BlockReference(end.block, end.attribute);
    case 'value':
      return typeof end.value === 'string' ? end.value : afterApply(ends);
    case 'omitted':
      return undefined;
    case 'opaque':
      return afterApply([end]);
    default:
      return end satisfies never;
  }
}

export function malformed(block: Block, path: Path): Unknown {
  return new Unknown('malformed-response', `${[block.address, ...path].join('.')} is not of the type that the provider writes`);
}

/** A text argument; undefined when it is not set. References to other blocks are written as texts. */
export function textAt(reader: PlanReader, block: Block, path: Path): Maybe<string> | undefined {
  return textOfValue(valueAt(reader, block, path), reader, block, path);
}

export function textOfValue(value: unknown, reader: PlanReader, block: Block, path: Path): Maybe<string> | undefined {
  if (value === undefined || value === null || value instanceof Unknown || typeof value === 'string') return value ?? undefined;
  if (value instanceof BlockReference) return referenceText(value, reader.placeOf(value.block));
  if (value instanceof JsonEncoded) return encodedText(value) ?? afterApply(endsOf(reader.index, block, path));
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : malformed(block, path);
}

export function boolAt(reader: PlanReader, block: Block, path: Path): Maybe<boolean> | undefined {
  const value = valueAt(reader, block, path);
  if (value === undefined || value instanceof Unknown || typeof value === 'boolean') return value;
  if (value instanceof BlockReference) return afterApply([{ kind: 'block', block: value.block, attribute: value.attribute }]);
  if (value === 'true' || value === 'false') return value === 'true';
  return malformed(block, path);
}

/** A whole number; undefined when it is not set. */
export function intAt(reader: PlanReader, block: Block, path: Path): Maybe<number> | undefined {
  const value = valueAt(reader, block, path);
  if (value === undefined || value instanceof Unknown) return value;
  if (value instanceof BlockReference) return afterApply([{ kind: 'block', block: value.block, attribute: value.attribute }]);
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return Number.isSafeInteger(number) ? (number as number) : malformed(block, path);
}

/** The elements of a list or of nested blocks; undefined when there are none. */
export function listAt(reader: PlanReader, block: Block, path: Path): Maybe<readonly unknown[]> | undefined {
  const value = valueAt(reader, block, path);
  if (value === undefined || value instanceof Unknown) return value;
  return Array.isArray(value) ? (value as readonly unknown[]) : malformed(block, path);
}

/** Tags with those of the provider's `default_tags`, as AWS will have them. */
export function tagsOf(reader: PlanReader, block: Block): Maybe<{ readonly [key: string]: Maybe<string> }> {
  const all = planned(block, tagsPath);
  if (all.kind === 'known' && isPlainTags(all.value) && isEmpty(unknownAt(block, tagsPath))) return all.value;
  const path: Path = all.kind === 'unknown' ? ['tags'] : all.kind === 'omitted' ? ['tags'] : ['tags_all'];
  const value = valueAt(reader, block, path);
  const open = all.kind === 'unknown' && !isUntagged(reader, block, value);
  if (value === undefined) return open ? new Unknown('known-after-apply', 'tags are known after apply') : {};
  if (value instanceof Unknown) return value;
  if (!isObject(value) || value instanceof BlockReference) return malformed(block, path);
  if (open) return new Unknown('known-after-apply', 'some tags are known after apply');
  const tags: { [key: string]: Maybe<string> } = Object.create(null) as { [key: string]: Maybe<string> };
  for (const [key, element] of Object.entries(value)) tags[key] = textOfValue(element, reader, block, [...path, key]) ?? '';
  return tags;
}

const tagsPath: Path = ['tags_all'];

/** The provider leaves `tags_all` to apply where there is no tag at all, neither here nor by default. */
function isUntagged({ index }: PlanReader, block: Block, tags: unknown): boolean {
  const provider = step(index.plan.providers, String(step(block.config, 'provider_config_key')));
  const byDefault = step(step(provider, 'expressions'), 'default_tags');
  return byDefault === undefined && (tags === undefined || (isObject(tags) && Object.keys(tags).length === 0));
}

function isEmpty(unknown: unknown): boolean {
  return typeof unknown !== 'object' || unknown === null ? unknown !== true : Object.keys(unknown).length === 0;
}

/** JSON.parse makes `__proto__` an ordinary key, so what it made can be passed on. */
function isPlainTags(value: unknown): value is { readonly [key: string]: string } {
  return isObject(value) && Object.values(value).every((element) => typeof element === 'string');
}

/** Origins are only made where there is something to point at. */
export function originsIn({ sources }: PlanReader, make: () => readonly Origin[]): readonly Origin[] {
  return sources === undefined ? [] : make();
}

/** Position of an argument, for an Origin: nothing is read before a finding asks. */
export function locateAt({ sources }: PlanReader, block: Block, path: Path): SourceLocation | undefined {
  return sources?.locate(block, path);
}
