import { UserError } from '../../model/errors.ts';
import type { Attributes, Collection, Gap, Resource, Scope, ScopeModel, ScopeStatus } from '../../model/resource.ts';
import { scopeStatuses } from '../../model/resource.ts';
import { sourceNames, type SourceName } from '../../model/source-name.ts';
import { Unknown, unknownReasons } from '../../model/unknown.ts';
import { completeAttributes } from '../../resources/complete-attributes.ts';
import { decode, isPlainObject, parseTime, type DecodeProblem } from '../../resources/decode.ts';
import { findResourceType } from '../../resources/index.ts';
import { list, map, object, oneOf, optional, required, string, int, type Shape } from '../../resources/shape.ts';
import { encodeCollection } from './encode-collection.ts';

const snapshotKind = 'sealcheck-snapshot';
const schemaVersion = 1;

export interface Snapshot {
  readonly collection: Collection;
  /** When the account was read, epoch milliseconds: the default clock of its evaluation. */
  readonly collectedAt: number;
}

/** A saved collection as text. */
export function writeSnapshot(collection: Collection, collectedAt: number, toolVersion: string): string {
  const head = {
    kind: snapshotKind,
    schemaVersion,
    tool: { name: 'sealcheck', version: toolVersion },
    collectedAt: new Date(collectedAt).toISOString(),
  };
  return `${JSON.stringify({ ...head, ...encodeCollection(collection) }, null, 1)}\n`;
}

const gapShape = object('Gap', {
  operation: required(string, ''),
  action: required(string, ''),
  types: required(list(string), ''),
  reason: required(oneOf(...unknownReasons), ''),
  count: required(int, ''),
  hint: required(string, ''),
  detail: optional(string, ''),
});

const scopeShape = object('Scope', {
  id: required(string, ''),
  source: required(oneOf(...sourceNames), ''),
  partition: optional(string, ''),
  account: optional(string, ''),
  region: optional(string, ''),
  root: optional(string, ''),
  caller: optional(string, ''),
});

/** Reads a saved collection. Throws UserError `input-invalid` with the path of what is wrong. */
export function readSnapshot(json: unknown, file: string): Snapshot {
  const invalid = (path: readonly (string | number)[], message: string): never => {
    throw new UserError('input-invalid', `${file}: ${path.length > 0 ? `${path.join('.')}: ` : ''}${message}`, {
      hint: 'make it again with sealcheck collect --aws -o FILE',
    });
  };
  if (!isPlainObject(json) || json['kind'] !== snapshotKind) return invalid([], 'not a saved account');
  const version = json['schemaVersion'];
  if (version !== schemaVersion) {
    return invalid(
      ['schemaVersion'],
      `this version of sealcheck reads schema version ${schemaVersion}, not ${typeof version === 'number' ? version : 'what stands here'}`,
    );
  }
  const collectedAt = typeof json['collectedAt'] === 'string' ? parseTime(json['collectedAt']) : undefined;
  if (collectedAt === undefined) return invalid(['collectedAt'], 'expected a time');
  const problems: DecodeProblem[] = [];
  const read: Read = <T>(shape: Shape, path: readonly (string | number)[], value: unknown, source?: SourceName): T => {
    const options = source === undefined ? { problems, allKnown: true as const } : { problems, missing: () => leftOut };
    const decoded = decode(shape, value, path, options);
    const [problem] = problems;
    return problem ? invalid(problem.path, problem.message) : (decoded as T);
  };
  if (!Array.isArray(json['scopes'])) return invalid(['scopes'], 'expected a list');
  const scopes = (json['scopes'] as readonly unknown[]).map((value, index): ScopeModel => {
    const path = ['scopes', index] as const;
    if (!isPlainObject(value)) return invalid(path, 'expected an object');
    if (!Array.isArray(value['resources'])) return invalid([...path, 'resources'], 'expected a list');
    const scope = read<Scope>(scopeShape, [...path, 'scope'], value['scope']);
    const status = read<ScopeStatus>(oneOf(...scopeStatuses), [...path, 'status'], value['status']);
    const gaps = read<readonly Gap[]>(list(gapShape), [...path, 'gaps'], value['gaps']);
    if (status !== 'failed' && (status === 'complete') !== (gaps.length === 0)) {
      return invalid([...path, 'status'], `a scope with ${gaps.length} gaps is not ${status}`);
    }
    const resources = (value['resources'] as readonly unknown[]).map((resource, at) =>
      readResource(resource, [...path, 'resources', at], scope.source, read, invalid),
    );
    const seen = new Set<string>();
    for (const [at, { type, address, name, account }] of resources.entries()) {
      const place = [...path, 'resources', at] as const;
      if (account !== scope.account) return invalid([...place, 'account'], 'it is not the account of the scope');
      // The parameters `/a` and `a` have one ARN.
      const identity = JSON.stringify([type, address, name]);
      if (seen.has(identity)) return invalid([...place, 'address'], 'the resource stands here twice');
      seen.add(identity);
    }
    return { scope, status, gaps, resources };
  });
  if (scopes.length === 0) return invalid(['scopes'], 'there is no scope, so nothing was read');
  const provenance = read<Collection['provenance']>(map(map(string)), ['provenance'], json['provenance']);
  const notes = read<readonly string[]>(list(string), ['notes'], json['notes']);
  const { interrupted } = json;
  if (interrupted !== undefined && interrupted !== true) return invalid(['interrupted'], 'expected true, or nothing');
  return { collection: { scopes, provenance, notes, ...(interrupted ? { interrupted } : {}) }, collectedAt };
}

/** What the file does not hold because an older version did not know it: never absent, so never a pass. */
const leftOut = new Unknown('not-collected', 'the file was saved by a version that did not read it');

/** Decodes a part or throws; with a source it is attributes that the source read, in which `{ $unknown }` may stand. */
type Read = <T>(shape: Shape, path: readonly (string | number)[], value: unknown, source?: SourceName) => T;

function readResource(
  value: unknown,
  path: readonly (string | number)[],
  source: SourceName,
  read: Read,
  invalid: (path: readonly (string | number)[], message: string) => never,
): Resource {
  if (!isPlainObject(value)) return invalid(path, 'expected an object');
  const text = (key: string): string => read(string, [...path, key], value[key]);
  const type = text('type');
  const declared = findResourceType(type);
  if (!declared) return invalid([...path, 'type'], `this version of sealcheck knows no ${type}`);
  return {
    type,
    address: text('address'),
    name: text('name'),
    ...(value['partition'] === undefined ? {} : { partition: text('partition') }),
    ...(value['account'] === undefined ? {} : { account: text('account') }),
    ...(value['region'] === undefined ? {} : { region: text('region') }),
    attributes: completeAttributes(
      declared.shape,
      read<Attributes>(declared.shape, [...path, 'attributes'], value['attributes'], source),
      source,
    ),
  };
}
