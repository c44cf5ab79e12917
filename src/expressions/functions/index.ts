import type { CelFunction } from './cel-function.ts';
import { collected } from './collected.ts';
import { iamFunctions } from './iam.ts';
import { matches } from './matches.ts';
import { moneyFunctions } from './money.ts';
import { nameFunctions } from './names.ts';
import { sizeFunctions } from './size.ts';
import { stringFunctions } from './strings.ts';
import { timeFunctions } from './time.ts';

/** The registry of functions that policies may call. */
export const celFunctions: readonly CelFunction[] = [
  ...stringFunctions,
  matches,
  ...sizeFunctions,
  ...timeFunctions,
  ...iamFunctions,
  ...nameFunctions,
  ...moneyFunctions,
  collected,
];

export const celFunctionByName: ReadonlyMap<string, CelFunction> = new Map(celFunctions.map((fn) => [fn.name, fn]));
