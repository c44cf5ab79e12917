import { toJsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** `findings.json`: the result itself, by `schemas/findings.schema.json`. Every other format could be made of it. */
export const jsonReporter: Reporter = {
  name: 'json',
  summary: 'the whole result, by schemas/findings.schema.json',
  mediaType: 'application/json',
  render: (result) => ({ text: toJsonText(result), warnings: [] }),
};
