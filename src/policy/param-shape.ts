import type { Param, ParamType, ParamValue } from '../model/policy.ts';
import { compilePattern } from '../expressions/functions/matches.ts';
import { bool, int, list, object, required, string, type ObjectShape, type Shape } from '../resources/shape.ts';

function shapeOf(type: ParamType): Shape {
  switch (type) {
    case 'int':
      return int;
    case 'bool':
      return bool;
    case 'string':
    case 'regex':
      return string;
    case 'list<string>':
      return list(string);
    default:
      return type satisfies never;
  }
}

/** The shape of `params` in expressions. */
export function paramsShape(params: { readonly [name: string]: Param }): ObjectShape {
  return object(
    'PolicyParams',
    Object.fromEntries(Object.entries(params).map(([name, param]) => [name, required(shapeOf(param.type), param.description)])),
  );
}

/** What is wrong with a value of a param; undefined when it is right. */
export function paramProblem(param: Param, value: unknown): string | undefined {
  switch (param.type) {
    case 'int':
      if (!Number.isSafeInteger(value)) return 'expected a whole number';
      if (param.minimum !== undefined && (value as number) < param.minimum) return `the smallest accepted value is ${param.minimum}`;
      if (param.maximum !== undefined && (value as number) > param.maximum) return `the largest accepted value is ${param.maximum}`;
      return undefined;
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'expected true or false';
    case 'string':
      return typeof value === 'string' ? undefined : 'expected a text';
    case 'regex': {
      if (typeof value !== 'string') return 'expected a pattern';
      const compiled = compilePattern(value);
      return typeof compiled === 'string' ? `not an RE2 pattern: ${compiled}` : undefined;
    }
    case 'list<string>':
      return Array.isArray(value) && value.every((element) => typeof element === 'string') ? undefined : 'expected a list of texts';
    default:
      return param.type satisfies never;
  }
}

/** The value of a param from text on the command line: lists with commas; what is wrong with it as `problem`. */
export function parseParam(param: Param, text: string): { readonly value: ParamValue } | { readonly problem: string } {
  const value = ((): ParamValue => {
    switch (param.type) {
      case 'int':
        return /^-?\d+$/.test(text) ? Number(text) : text;
      case 'bool':
        return text === 'true' ? true : text === 'false' ? false : text;
      case 'list<string>':
        return text === '' ? [] : text.split(',').map((part) => part.trim());
      case 'string':
      case 'regex':
        return text;
      default:
        return param.type satisfies never;
    }
  })();
  const problem = paramProblem(param, value);
  return problem === undefined ? { value } : { problem };
}
