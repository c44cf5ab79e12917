import type { ScanResult } from '../../model/scan-result.ts';
import type { Pseudonyms } from './pseudonyms.ts';

/** Twelve digits that stand alone are taken for an account id wherever they are: better one number too many than an id left. */
const candidates = /\d{12,}|(?<![\da-f-])\d{4}-\d{4}-\d{4}(?![\da-f-])/gi;

/** The result with a pseudonym for each account id, in whatever text it stands. */
export function redactAccounts(result: ScanResult, pseudonyms: Pseudonyms): ScanResult {
  const known = knownAccounts(result);
  const replace = (digits: string): string => {
    if (digits.length === 12) return pseudonyms.account(digits);
    if (digits.includes('-')) return pseudonyms.account(digits.replaceAll('-', '')).replace(/^(\d{4})(\d{4})/, '$1-$2-');
    for (let at = 0; at + 12 <= digits.length; at += 1) {
      const id = digits.slice(at, at + 12);
      if (known.has(id)) return replaceIn(`${digits.slice(0, at)}${pseudonyms.account(id)}`, digits.slice(at + 12));
    }
    return digits;
  };
  const replaceIn = (done: string, rest: string): string => `${done}${rest.length < 12 ? rest : replace(rest)}`;
  return mapTexts(result, (text) => (/\d{4}/.test(text) ? text.replace(candidates, replace) : text)) as ScanResult;
}

function knownAccounts({ scopes, findings }: ScanResult): ReadonlySet<string> {
  const ids = [...scopes.map(({ account }) => account), ...findings.map(({ resource }) => resource.account)];
  return new Set(ids.filter((id) => id !== undefined));
}

/** Every text of a JSON document, keys too. A line hash is none: twelve digits in it are chance. */
function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((element) => mapTexts(element, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, element]) => [change(key), key === 'lineHash' ? (element as unknown) : mapTexts(element, change)]),
  );
}
