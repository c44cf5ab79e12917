import { Unknown } from '../../model/unknown.ts';
import { bool } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

/**
 * The one function that sees Unknown itself. It could turn an unknown into a pass, so the loader accepts it in
 * `exclude` only: there the outcome is not_applicable, with its reason shown. What was asked for and denied stays unknown.
 */
export const collected: CelFunction = {
  name: 'collected',
  form: 'global',
  params: ['any'],
  returns: bool,
  doc: 'Whether a value was asked for at all: false when it is unknown because nobody asked (`not-collected`). Only in exclude.',
  examples: [{ expression: "collected('a')", result: true }],
  unknownAware: 'whole',
  call: (_budget, value) => !(value instanceof Unknown && value.reason === 'not-collected'),
};
