import type { MalformedBody } from './fault.ts';
import type { Operation } from './operation.ts';
import { repeatedToken } from './pagination.ts';
import type { Protocol } from './protocol.ts';
import { textElement } from './xml.ts';

/** Spoils a good body. `repeat-token` leaves the answer of an operation without pages as it is. */
export function malformBody(kind: MalformedBody, good: string, format: Protocol['format'], paging: Operation['paging']): string {
  switch (kind) {
    case 'html':
      return '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network<br></body></html>';
    case 'truncated':
      return good.slice(0, Math.floor(good.length / 2));
    case 'empty-object':
      return format === 'json' ? '{}' : good.replace(resultOf(good), '$1$3');
    case 'wrong-types':
      return format === 'json'
        ? JSON.stringify(wrongTypes(withoutToken(good, paging)))
        : good.replace(/>(?!\d{4}-\d\d-\d\dT)[^<]+</g, '>%7Bwrong<');
    case 'repeat-token':
      if (paging === undefined) return good;
      return format === 'json' ? repeatJson(good, paging) : repeatXml(good, paging);
    default:
      return kind satisfies never;
  }
}

/** What is in the result, or where nothing is wrapped around it in the answer as a whole. */
function resultOf(good: string): RegExp {
  return /<\w+Result>/.test(good) ? /(<(\w+Result)>).*(<\/\2>)/s : /(<(\w+Response)[^>]*>).*(<\/\2>)/s;
}

/** Without it, a client that follows tokens would only stumble over the token. */
function withoutToken(good: string, paging: Operation['paging']): unknown {
  const answer = JSON.parse(good) as Record<string, unknown>;
  return paging === undefined ? answer : Object.fromEntries(Object.entries(answer).filter(([name]) => name !== paging.token));
}

/** Keeps the shape, and makes text and flags something that they should not be. Dates stay: the SDK would stop at the first bad one. */
function wrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wrongTypes);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wrongTypes(item)]));
  }
  if (typeof value === 'string') return 42;
  return typeof value === 'boolean' ? 'maybe' : value;
}

function repeatJson(good: string, paging: NonNullable<Operation['paging']>): string {
  const flag = paging.flag === undefined ? {} : { [paging.flag]: true };
  return JSON.stringify({ ...(JSON.parse(good) as object), [paging.token]: repeatedToken, ...flag });
}

function repeatXml(good: string, paging: NonNullable<Operation['paging']>): string {
  const { flag } = paging;
  if (flag === undefined) {
    const withoutIt = good.replace(new RegExp(`<${paging.token}>[^<]*</${paging.token}>`), '');
    return withoutIt.replace(/(<\/\w+Result>|<\/\w+Response>$)/, `${textElement(paging.token, repeatedToken)}$1`);
  }
  return good
    .replace(new RegExp(`<${paging.token}>[^<]*</${paging.token}>`), '')
    .replace(new RegExp(`<${flag}>[^<]*</${flag}>`), textElement(flag, true) + textElement(paging.token, repeatedToken));
}
