import { int, string } from '../../resources/shape.ts';
import type { CelFunction } from './cel-function.ts';

/** Amounts are whole cents of a US dollar: CEL here has no fractions, and prices need none. */
export const moneyFunctions: readonly CelFunction[] = [
  {
    name: 'dollars',
    form: 'global',
    params: [int],
    returns: string,
    doc: 'So many US cents as an amount, for messages.',
    examples: [{ expression: 'dollars(40)', result: '$0.40' }],
    call: (_budget, value) => {
      const cents = value as number;
      const whole = Math.abs(cents);
      return `${cents < 0 ? '-' : ''}$${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
    },
  },
];
