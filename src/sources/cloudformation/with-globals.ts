import { isObject, own, type JsonObject } from './json.ts';

/**
 * A function with what `Globals` says of all functions. Maps are merged, anything else is taken where the function has none.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
 */
export function withGlobals(body: JsonObject, globals: unknown): JsonObject {
  if (!isObject(globals)) return body;
  const properties = own(body, 'Properties') ?? {};
  return isObject(properties) ? { ...body, Properties: mergeMaps(globals, properties, 0) } : body;
}

function mergeMaps(globals: JsonObject, mine: JsonObject, depth: number): JsonObject {
  const made: { [key: string]: unknown } = { ...globals, ...mine };
  for (const [key, value] of Object.entries(globals)) {
    const other = own(mine, key);
    if (isObject(value) && isObject(other) && depth < 4 && !isFunction(value) && !isFunction(other))
      made[key] = mergeMaps(value, other, depth + 1);
  }
  return made;
}

function isFunction(map: JsonObject): boolean {
  return Object.keys(map).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}
