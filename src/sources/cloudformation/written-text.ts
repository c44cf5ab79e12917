import { intrinsicOf, subParts } from './evaluator.ts';
import { isObject, listOf, own } from './json.ts';

/** Marks around the name of a parameter, and one for what else is not in the template: characters that no text needs. */
const open = '\uE010';
const close = '\uE011';
const filler = '\uE012';

const dynamicReference = /\{\{resolve:[\s\S]*?\}\}/g;
const mark = /\uE010([^\uE010\uE011]*)\uE011/g;

/** One place of a parameter in a text. */
export interface Mention {
  readonly parameter: string;
  /** Within `{{resolve:…}}`, of which it is no more than a part of the name. */
  readonly inReference: boolean;
  /** The text before and after it, where other parameters are one character each. */
  readonly before: string;
  readonly after: string;
}

/** A text of a template, made of functions, with the names of parameters where they stand. */
export function writtenText(raw: unknown, isParameter: (name: string) => boolean): string {
  const walk = (part: unknown): string => {
    if (typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean')
      return String(part).replace(/[\uE010-\uE012]/g, '');
    if (Array.isArray(part)) return part.map(walk).join('\n');
    const intrinsic = intrinsicOf(part);
    if (intrinsic === undefined) return isObject(part) ? Object.values(part).map(walk).join('\n') : '';
    const { name, argument } = intrinsic;
    const args = listOf(argument);
    switch (name) {
      case 'Ref':
        return named(argument);
      case 'Fn::Sub': {
        const [text, variables] = typeof argument === 'string' ? [argument] : args;
        return subParts(typeof text === 'string' ? text : '')
          .map((piece) => {
            if ('text' in piece) return walk(piece.text);
            const variable = own(variables, piece.variable);
            return variable === undefined ? named(piece.variable) : walk(variable);
          })
          .join('');
      }
      case 'Fn::Join':
        return Array.isArray(args[1]) ? (args[1] as readonly unknown[]).map(walk).join(walk(args[0])) : walk(args[1]);
      // Either branch may be the one.
      case 'Fn::If':
        return args.slice(1).map(walk).join('\n');
      case 'Fn::Select':
      case 'Fn::Split':
        return walk(args[1]);
      case 'Fn::Base64':
      case 'Fn::ToJsonString':
        return walk(argument);
      // A macro may put what it is given anywhere.
      case 'Fn::Transform':
        return walk(own(argument, 'Parameters'));
      // What they are given chooses something, and is no part of it.
      default:
        return filler;
    }
  };
  const named = (name: unknown): string => (typeof name === 'string' && isParameter(name) ? `${open}${name}${close}` : filler);
  return walk(raw);
}

/** The parameters in what `writtenText` gives, in order. */
export function mentionsIn(text: string): readonly Mention[] {
  const references = [...text.matchAll(dynamicReference)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }));
  return [...text.matchAll(mark)].map(({ index, 0: { length }, 1: parameter = '' }) => ({
    parameter,
    inReference: references.some(({ start, end }) => start < index && index < end),
    before: plain(text.slice(0, index)),
    after: plain(text.slice(index + length)),
  }));
}

/** The text with one character for each parameter. */
export function plain(text: string): string {
  return text.replace(mark, filler);
}
