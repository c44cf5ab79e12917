import { InvalidArgumentError, type Argument, type Command, type Option } from 'commander';
import { nearestName } from '../expressions/nearest-name.ts';

/** Makes every refusal of a word that is none of the choices name the nearest one, for a command and those below it. */
export function suggestChoices(command: Command): void {
  for (const one of [...command.options, ...command.registeredArguments]) if (one.argChoices !== undefined) suggest(one, one.argChoices);
  for (const inner of command.commands) suggestChoices(inner);
}

function suggest(one: Option | Argument, choices: readonly string[]): void {
  one.argParser((value: string) => {
    if (choices.includes(value)) return value;
    const nearest = nearestName(value, choices);
    throw new InvalidArgumentError(
      `Allowed choices are ${choices.join(', ')}.${nearest === undefined ? '' : `\n  did you mean ${nearest}?`}`,
    );
  });
}
