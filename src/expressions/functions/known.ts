import { bool } from '../../resources/shape.ts';
import { isOpen } from '../open-value.ts';
import type { CelFunction } from './cel-function.ts';

/**
 * The one function that sees Unknown itself. It could turn an unknown into a pass, so the loader accepts it in
 * `exclude` only: there the outcome is not_applicable, with its reason shown.
 */
export const known: CelFunction = {
  name: 'known',
  form: 'global',
  params: ['any'],
  returns: bool,
  doc: 'Whether a value could be learnt. Only in exclude.',
  examples: [{ expression: "known('a')", result: true }],
  unknownAware: 'whole',
  call: (_budget, value) => !isOpen(value),
};
