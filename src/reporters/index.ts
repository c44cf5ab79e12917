import { csvReporter } from './csv.ts';
import { githubReporter } from './github.ts';
import { gitlabReporter } from './gitlab.ts';
import { htmlReporter } from './html.ts';
import { jsonReporter } from './json.ts';
import { junitReporter } from './junit.ts';
import { markdownCommentReporter, markdownReporter } from './markdown/index.ts';
import { ndjsonReporter } from './ndjson.ts';
import { ocsfReporter } from './ocsf.ts';
import type { Reporter } from './reporter.ts';
import { sarifReporter } from './sarif.ts';
import { textReporter } from './text.ts';

/** Every output format, in the order the help shows. A new one is one file and one line here. */
export const reporters: readonly Reporter[] = [
  textReporter,
  jsonReporter,
  sarifReporter,
  htmlReporter,
  markdownReporter,
  markdownCommentReporter,
  githubReporter,
  gitlabReporter,
  junitReporter,
  csvReporter,
  ndjsonReporter,
  ocsfReporter,
];

/** The reporter of that name; undefined if there is none. */
export function findReporter(name: string): Reporter | undefined {
  return reporters.find((reporter) => reporter.name === name);
}
