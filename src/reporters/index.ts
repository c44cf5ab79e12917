import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import type { Reporter } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';

/** Every output format, in the order the help shows. A new one is one file and one line here. */
export const reporters: readonly Reporter[] = [textReporter, jsonReporter, sarifReporter, htmlReporter];

/** The reporter of that name; undefined if there is none. */
export function findReporter(name: string): Reporter | undefined {
  return reporters.find((reporter) => reporter.name === name);
}
