import { Unknown, type Maybe } from '../model/unknown.ts';
import type { EnvironmentVariable } from '../resources/environment-variable.ts';
import type { Origin } from './origin.ts';

/** An environment as policies see it, and where its variables stand. */
export interface Environment {
  readonly environment: Maybe<readonly Maybe<EnvironmentVariable>[]>;
  readonly origins: readonly Origin[];
}

/**
 * The variables that code declares, described one by one.
 *
 * @param locate position of a variable; of the whole environment for undefined
 */
export async function declaredEnvironment<Variable extends { readonly container?: string }>(
  variables: Maybe<readonly Maybe<Variable>[]>,
  describe: (variable: Variable) => Promise<EnvironmentVariable>,
  locate: (variable: Variable | undefined) => ReturnType<Origin['locate']>,
): Promise<Environment> {
  const whole: Origin = { path: 'environment', locate: () => locate(undefined) };
  if (variables instanceof Unknown) return { environment: variables, origins: [whole] };
  const environment: Maybe<EnvironmentVariable>[] = [];
  const origins: Origin[] = [whole];
  for (const [index, variable] of variables.entries()) {
    if (variable instanceof Unknown) {
      environment.push(variable);
      continue;
    }
    const described = await describe(variable);
    environment.push(variable.container === undefined ? described : { ...described, container: variable.container });
    origins.push({ path: `environment[${index}]`, locate: () => locate(variable) });
  }
  return { environment, origins };
}
