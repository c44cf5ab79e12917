import { Unknown, type Maybe } from '../../model/unknown.ts';
import { credentialBeside } from '../../resources/credential-beside.ts';
import { holdsLiteralCredential } from '../../resources/literal-credentials.ts';
import { isPinnedReference } from '../../resources/secret-reference.ts';
import type { ValueOrigin } from '../../resources/value-origin.ts';
import { intrinsicOf, subParts, type Evaluator } from './evaluator.ts';
import { isObject, listOf } from './json.ts';
import type { Parameter } from './parameters.ts';
import { Reference } from './reference.ts';

/** One of the things that a value is made of. */
export type Leaf =
  | { readonly kind: 'literal' }
  | { readonly kind: 'parameter'; readonly parameter: Parameter }
  | { readonly kind: 'resource'; readonly reference: Reference }
  /** Where the stack is, or what it is called. */
  | { readonly kind: 'pseudo' }
  | { readonly kind: 'opaque'; readonly why: Unknown };

/** A value taken apart: what it is made of, and its text, with `${name}` for what is not in the template. */
export interface Taken {
  readonly leaves: readonly Leaf[];
  /** Values that were given from outside count as not in the template. */
  readonly written: string;
  /** The same with `${name}` for resources whose name or ARN is known too. */
  readonly template: string;
}

const dynamicReference = /\{\{resolve:(?:secretsmanager|ssm|ssm-secure):/;

/** Takes the code of a value apart. The text never leaves the source: it is looked at and dropped. */
export function takeApart(evaluator: Evaluator, raw: unknown): Taken {
  const leaves: Leaf[] = [];
  const marked = walk(evaluator, raw, leaves);
  return { leaves, written: marked.replace(marks, ''), template: marked.replace(ofResource, '${resource}').replace(marks, '') };
}

/** Around the name or the ARN of a resource, which is a literal of no one. */
const [opening, closing] = ['\uE010', '\uE011'];
const marks = /[\uE010\uE011]/g;
const ofResource = /\uE010[^\uE010\uE011]*\uE011/g;

function walk(evaluator: Evaluator, raw: unknown, leaves: Leaf[]): string {
  if (raw === undefined || raw === null) return '';
  if (raw instanceof Unknown) return opaque(raw, leaves);
  if (typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'boolean') {
    const text = String(raw);
    if (text !== '') leaves.push({ kind: 'literal' });
    return text;
  }
  if (raw instanceof Reference) return resolved(evaluator, raw, leaves);
  if (typeof raw !== 'object') return '';
  const intrinsic = intrinsicOf(raw);
  if (intrinsic === undefined) return walkParts(evaluator, raw, leaves);
  const { name, argument } = intrinsic;
  const args = listOf(argument);
  switch (name) {
    case 'Ref':
      return named(evaluator, typeof argument === 'string' ? argument : '', leaves);
    case 'Fn::GetAtt':
      return resolved(evaluator, evaluator.evaluate(raw), leaves);
    case 'Fn::Sub': {
      const [text, variables] = typeof argument === 'string' ? [argument] : args;
      if (typeof text !== 'string') return opaque(evaluator.evaluate(raw), leaves);
      const parts = subParts(text).map((part) => {
        if ('text' in part) return walk(evaluator, part.text, leaves);
        if (isObject(variables) && Object.hasOwn(variables, part.variable)) return walk(evaluator, variables[part.variable], leaves);
        return part.variable.includes('.')
          ? resolved(evaluator, evaluator.attribute(part.variable), leaves)
          : named(evaluator, part.variable, leaves);
      });
      return parts.join('');
    }
    case 'Fn::Join':
      if (!Array.isArray(args[1])) return walk(evaluator, args[1], leaves);
      return (args[1] as readonly unknown[]).map((element) => walk(evaluator, element, leaves)).join(String(args[0]));
    case 'Fn::Base64':
    case 'Fn::ToJsonString':
      return walk(evaluator, argument, leaves);
    case 'Fn::If': {
      const holds = typeof args[0] === 'string' ? evaluator.condition(args[0]) : undefined;
      return typeof holds === 'boolean' ? walk(evaluator, holds ? args[1] : args[2], leaves) : opaque(holds, leaves);
    }
    case 'Fn::FindInMap': {
      // Whichever entry it is, it stands in the template.
      const value = evaluator.evaluate(raw);
      leaves.push({ kind: 'literal' });
      return typeof value === 'string' ? value : '${Fn::FindInMap}';
    }
    case 'Fn::Select':
    case 'Fn::Split': {
      const inner: Leaf[] = [];
      walk(evaluator, name === 'Fn::Select' ? args[1] : argument, inner);
      const value = evaluator.evaluate(raw);
      if (inner.length === 0 || inner.some(({ kind }) => kind === 'opaque')) return opaque(value, leaves);
      leaves.push(...inner);
      if (typeof value !== 'string' || inner.some(isGiven)) return `\${${name}}`;
      return inner.some(({ kind }) => kind === 'resource') ? `${opening}${value}${closing}` : value;
    }
    default:
      return opaque(evaluator.evaluate(raw), leaves);
  }
}

function walkParts(evaluator: Evaluator, raw: object, leaves: Leaf[]): string {
  if (Array.isArray(raw)) return `[${raw.map((element: unknown) => quoted(walk(evaluator, element, leaves))).join(', ')}]`;
  const entries = Object.entries(raw).map(([key, element]) => `${quoted(key)}: ${quoted(walk(evaluator, element, leaves))}`);
  return `{${entries.join(', ')}}`;
}

function quoted(text: string): string {
  return /^[[{]/.test(text) ? text : JSON.stringify(text);
}

function named(evaluator: Evaluator, name: string, leaves: Leaf[]): string {
  const parameter = evaluator.world.template.parameters.get(name);
  if (parameter === undefined) return resolved(evaluator, evaluator.ref(name), leaves, name);
  leaves.push({ kind: 'parameter', parameter });
  const { value } = parameter;
  return value === undefined || parameter.given || parameter.fromStore
    ? `\${${name}}`
    : typeof value === 'string'
      ? value
      : value.join(',');
}

function resolved(evaluator: Evaluator, value: unknown, leaves: Leaf[], name = ''): string {
  if (value === undefined) return '';
  if (value instanceof Reference) {
    leaves.push({ kind: 'resource', reference: value });
    const text = evaluator.referenceText(value);
    return typeof text === 'string' ? `${opening}${text}${closing}` : `\${${value.text}}`;
  }
  if (name.startsWith('AWS::')) {
    leaves.push({ kind: 'pseudo' });
    return `\${${name}}`;
  }
  return opaque(value, leaves);
}

function opaque(value: unknown, leaves: Leaf[]): string {
  const why = value instanceof Unknown ? value : new Unknown('unresolved-reference', 'it cannot be resolved');
  leaves.push({ kind: 'opaque', why });
  return '${unknown}';
}

function isGiven(leaf: Leaf): boolean {
  return leaf.kind === 'parameter' && (leaf.parameter.given || leaf.parameter.value === undefined);
}

/** Where a value comes from, by what it is made of. */
export function originOf(taken: Taken): Maybe<ValueOrigin> {
  const { leaves, written } = taken;
  if (leaves.length === 0) return 'none';
  if (isMixed(taken) && holdsLiteralCredential(forDetector(written))) return 'literal';
  if (dynamicReference.test(written)) return 'dynamic-reference';
  if (leaves.some((leaf) => leaf.kind === 'parameter' && leaf.parameter.fromStore)) return 'dynamic-reference';
  if (leaves.some(({ kind }) => kind === 'resource')) return 'reference';
  const unknown = leaves.find((leaf) => leaf.kind === 'opaque');
  if (unknown !== undefined) return unknown.why;
  return leaves.some(isGiven) ? 'variable' : 'literal';
}

/** The same of a property that takes a credential: a part that is written out may be one too, whatever it is joined to. */
export function originOfCredential(taken: Taken): Maybe<ValueOrigin> {
  const origin = originOf(taken);
  if (origin === 'literal' || !isMixed(taken)) return origin;
  switch (credentialBeside(forDetector(taken.template))) {
    case 'yes':
      return 'literal';
    case 'perhaps':
      return origin instanceof Unknown
        ? origin
        : new Unknown('unresolved-reference', 'a literal that may be a credential is a part of the value');
    case 'no':
      return origin;
  }
}

/** Whether a credential stands in the text, beside a name that says so or by its shape. */
export function holdsWrittenCredential({ written, template }: Taken): boolean {
  return holdsLiteralCredential(forDetector(written)) || credentialBeside(forDetector(template)) === 'yes';
}

/** Whether anything but what stands in the template is in the value: a dynamic reference is text, and no literal. */
function isMixed({ leaves, written }: Taken): boolean {
  return dynamicReference.test(written) || leaves.some(({ kind }) => kind !== 'literal');
}

/**
 * A text for a detector: the resources that a dynamic reference names are part of it, and no value. Other texts stay as they are.
 */
export function forDetector(text: string): string {
  return dynamicReference.test(text) ? text.replace(/\$\{[^{}]*\}/g, '_') : text;
}

/** Whether dynamic references to secrets always read one version; undefined where there are none. */
export function pinnedIn({ written }: Taken): Maybe<boolean> | undefined {
  // The names between the braces of a placeholder would end the reference.
  const plain = written.replace(/\$\{[^{}]*\}/g, '$');
  const found = [...plain.matchAll(/\{\{resolve:secretsmanager:([^{}]*)\}\}/g)].map(([, reference = '']) =>
    isPinnedReference(reference, 'dynamic-reference'),
  );
  return found.includes(true) ? true : (found.find((one) => one instanceof Unknown) ?? found[0]);
}

/** Whether a value holds something that the author of the template takes for a secret. */
export function holdsMasked({ leaves }: Taken): boolean {
  return leaves.some((leaf) => leaf.kind === 'parameter' && leaf.parameter.noEcho === true);
}

/** The parameter that a value is, and nothing else. */
export function onlyParameter(raw: unknown): string | undefined {
  const intrinsic = intrinsicOf(raw);
  return intrinsic?.name === 'Ref' && typeof intrinsic.argument === 'string' ? intrinsic.argument : undefined;
}
