import { charge } from '../evaluation.ts';
import { RE2JS } from 're2js';
import { bool, string } from '../../resources/shape.ts';
import { CallFailure, type CelFunction } from './cel-function.ts';

const compiled = new Map<string, RE2JS>();
const mostPatterns = 500;
const longestPattern = 1000;

/** Compiles an RE2 pattern; what is wrong with it, as text, when it does not compile. Linear time whatever the pattern. */
export function compilePattern(pattern: string): RE2JS | string {
  const known = compiled.get(pattern);
  if (known) return known;
  if (pattern.length > longestPattern) return `the pattern is longer than ${longestPattern} characters`;
  try {
    const expression = RE2JS.compile(pattern);
    if (compiled.size >= mostPatterns) compiled.clear();
    compiled.set(pattern, expression);
    return expression;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export const matches: CelFunction = {
  name: 'string.matches',
  form: 'method',
  params: [string, string],
  returns: bool,
  doc: 'Whether an RE2 pattern (https://github.com/google/re2/wiki/Syntax) matches anywhere in the text.',
  standard: true,
  examples: [
    { expression: "'prod/db'.matches('^prod/')", result: true },
    { expression: "'PROD/db'.matches('(?i)^prod/')", result: true },
  ],
  checkConstants: ([, pattern]) => {
    if (typeof pattern !== 'string') return undefined;
    const result = compilePattern(pattern);
    return typeof result === 'string' ? `not an RE2 pattern: ${result}` : undefined;
  },
  call: (budget, text, pattern) => {
    const expression = compilePattern(pattern as string);
    if (typeof expression === 'string') throw new CallFailure(`not an RE2 pattern: ${expression}`);
    // Linear in the text, and in the size of the compiled pattern: a repetition such as (a?){1000} is costly.
    charge(budget, 1 + Math.ceil(((text as string).length * expression.programSize()) / 200));
    return expression.test(text as string);
  },
};
