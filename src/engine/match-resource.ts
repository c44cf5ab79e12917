import { posix } from 'node:path';
import type { ResourceMatch } from '../model/policy.ts';
import type { Resource, Scope } from '../model/resource.ts';
import { Unknown } from '../model/unknown.ts';
import { globMatches } from '../resources/iam-glob.ts';
import { findResourceType } from '../resources/index.ts';
import { matchPath } from './match-path.ts';

/** Whether configuration means a resource; where that cannot be told, what would have to be known. */
export type Matched = true | false | readonly [Unknown, ...Unknown[]];

/** In three values: one part that does not hold is enough for no, whatever else is unknown. Attributes must have their unknowns placed. */
export function matchResource(match: ResourceMatch, resource: Resource, scope: Scope): Matched {
  const { accounts, regions, paths, tags } = match;
  const parts: readonly Matched[] = [
    ...(accounts === undefined ? [] : [matchText(accounts, placeOf('account', resource, scope))]),
    ...(regions === undefined ? [] : [matchText(regions, placeOf('region', resource, scope))]),
    ...(paths === undefined ? [] : [matchFile(paths, resource, scope)]),
    ...(tags === undefined ? [] : Object.entries(tags).map(([key, value]) => matchTag(key, value, tagsOf(resource)))),
  ];
  if (parts.includes(false)) return false;
  const [first, ...rest] = parts.flatMap((part) => (typeof part === 'boolean' ? [] : part));
  return first === undefined ? true : [first, ...rest];
}

function placeOf(name: 'account' | 'region', resource: Resource, scope: Scope): string | Unknown {
  const attribute = resource.attributes[name];
  const known = resource[name] ?? (typeof attribute === 'string' ? attribute : scope[name]);
  if (known !== undefined) return known;
  return attribute instanceof Unknown ? attribute : new Unknown('not-in-source', `the ${name} is not known`, undefined, name);
}

function matchText(patterns: readonly string[], text: string | Unknown): Matched {
  return text instanceof Unknown ? [text] : patterns.some((pattern) => globMatches(pattern, text));
}

function matchFile({ patterns, from }: NonNullable<ResourceMatch['paths']>, resource: Resource, scope: Scope): Matched {
  if (scope.source === 'aws') return false;
  const file = resource.locate?.('')?.file;
  if (file === undefined) return [new Unknown('not-in-source', 'the source file is not known')];
  const path = posix.isAbsolute(file) ? file : posix.normalize(posix.join(from, file));
  return patterns.some((pattern) => matchPath(pattern, path));
}

/** What has tags that are not read may have the tag all the same. */
function tagsOf({ type, attributes }: Resource): unknown {
  const declared = findResourceType(type);
  if (declared === undefined || declared.untaggable === true || Object.hasOwn(declared.shape.fields, 'tags')) return attributes['tags'];
  return new Unknown('not-collected', `the tags of ${type} are not read`, undefined, 'tags');
}

function matchTag(key: string, wanted: string, tags: unknown): Matched {
  if (tags instanceof Unknown) return [tags];
  if (typeof tags !== 'object' || tags === null || !Object.hasOwn(tags, key)) return false;
  const value = (tags as { readonly [key: string]: unknown })[key];
  if (value instanceof Unknown) return [value];
  return typeof value === 'string' && globMatches(wanted, value);
}
