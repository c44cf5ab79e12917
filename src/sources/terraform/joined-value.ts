import { credentialBeside } from '../../resources/credential-beside.ts';
import { holdsLiteralCredential } from '../../resources/literal-credentials.ts';
import { planned } from './block.ts';
import { isObject } from './json.ts';
import type { End } from './references.ts';

/** Shorter values are no credentials, and stand anywhere by chance. */
const shortest = 4;

/**
 * What a value that the plan shows holds besides what its references give: a `credential`; what may `perhaps` be one; `nothing`
 * like one; or it is `unseen`, since what looks like one may have come out of a reference through a function.
 */
export function besideReferences(text: string, ends: readonly End[]): 'credential' | 'perhaps' | 'nothing' | 'unseen' {
  const given = ends.flatMap(textsOf).sort((a, b) => b.length - a.length);
  // All of it was picked out of one of them.
  if (given.some((value) => value.includes(text))) return 'nothing';
  let rest = text;
  for (const form of given.flatMap(formsOf)) if (form.length >= shortest) rest = rest.replaceAll(form, '${reference}');
  const beside = holdsLiteralCredential(rest) ? 'yes' : credentialBeside(rest);
  if (beside === 'no') return 'nothing';
  if (!ends.every((end) => isSeenIn(text, end))) return 'unseen';
  return beside === 'yes' ? 'credential' : 'perhaps';
}

/** As it is, and within JSON. */
function formsOf(value: string): readonly string[] {
  return [value, JSON.stringify(value).slice(1, -1)];
}

function isSeenIn(text: string, end: End): boolean {
  if (end.kind === 'value' && end.origin !== 'given') return true;
  return textsOf(end).some((value) => formsOf(value).some((form) => text.includes(form)));
}

/** The texts that come from elsewhere: a literal, or a default, stands in the code. */
function textsOf(end: End): readonly string[] {
  if (end.kind === 'value') return end.origin === 'given' ? leaves(end.value) : [];
  if (end.kind !== 'block') return [];
  const found = planned(end.block, end.attribute);
  return found.kind === 'known' ? leaves(found.value) : [];
}

function leaves(value: unknown): readonly string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return isObject(value) ? Object.values(value).flatMap(leaves) : [];
}
