import { Unknown, type Maybe } from '../../model/unknown.ts';
import { strategyIn, strategyOf, type RotationStrategy } from '../../resources/rotation-strategy.ts';
import { intrinsicOf, type Evaluator } from './evaluator.ts';
import { isObject, listOf, own } from './json.ts';
import { rawAt, tagsAt, textAt, valueAt } from './properties.ts';
import { Reference } from './reference.ts';

/** What is known of the strategy; the attribute is absent where nothing says which. */
export interface StrategyFacts {
  readonly strategy?: Maybe<RotationStrategy>;
}

/** The first of the texts that says it. */
export function strategyFrom(texts: readonly (Maybe<string> | undefined)[]): StrategyFacts {
  const strategy = strategyOf(texts);
  return strategy === undefined ? {} : { strategy };
}

/** Of a function of the template: by the application in its tags, its names and its description. */
export function functionStrategy(evaluator: Evaluator, id: string): StrategyFacts {
  const resource = evaluator.world.resources.get(id);
  if (resource === undefined) return {};
  const tags = tagsAt(evaluator, resource);
  return strategyFrom([
    id,
    tags instanceof Unknown ? tags : tags['serverlessrepo:applicationId'],
    textAt(evaluator, resource, ['FunctionName']),
    textAt(evaluator, resource, ['Description']),
  ]);
}

/** Arguments of the applications that alternate users, of the secret by which they do it. */
export const superuserParameters = ['superuserSecretArn', 'masterSecretArn'] as const;

/**
 * Of a function that comes from an application of the template, such as `AWS::Serverless::Application` with the ARN of one of AWS's.
 *
 * @param why the function itself is not known
 */
export function applicationStrategy(evaluator: Evaluator, functionArn: unknown, why: Unknown): StrategyFacts {
  const resource = functionArn instanceof Reference ? evaluator.world.resources.get(functionArn.id) : undefined;
  if (resource?.type !== 'AWS::Serverless::Application') return { strategy: why };
  const location = rawAt(evaluator, resource, ['Location']);
  const id = isObject(location) ? own(location, 'ApplicationId') : location;
  const said = new Set(textsOf(evaluator, id).map(strategyIn));
  const [strategy] = said;
  if (said.size === 1 && strategy !== undefined) return { strategy };
  const isAlternating = superuserParameters.some((name) => valueAt(evaluator, resource, ['Parameters', name]) !== undefined);
  return { strategy: isAlternating ? 'alternating-users' : why };
}

/** The text, or all that the map of a `Fn::FindInMap` may give: the CDK looks the application up by the partition. */
function textsOf(evaluator: Evaluator, raw: unknown): readonly string[] {
  const text = evaluator.text(evaluator.evaluate(raw));
  if (typeof text === 'string') return [text];
  const intrinsic = intrinsicOf(raw);
  const [map, , second] = intrinsic?.name === 'Fn::FindInMap' ? listOf(intrinsic.argument) : [];
  const table = typeof map === 'string' ? own(evaluator.world.template.mappings, map) : undefined;
  if (!isObject(table) || typeof second !== 'string') return [];
  return Object.values(table).map((row) => String(own(row, second)));
}
