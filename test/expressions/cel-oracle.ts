import { Environment } from '@marcbachmann/cel-js';
import { celTypeName } from '../../src/expressions/expression-type.ts';
import type { ObjectShape, Shape } from '../../src/resources/shape.ts';

/** The CEL library's own evaluation, with our data converted: ints to BigInt, timestamps to Date. */
export function createOracle(shape: ObjectShape, now: number): (text: string, resource: unknown) => OracleResult {
  const environment = new Environment();
  const done = new Set<string>();
  const register = (type: Shape): void => {
    if (type.kind === 'list') register(type.element);
    if (type.kind === 'map') register(type.value);
    if (type.kind !== 'object' || done.has(type.name)) return;
    done.add(type.name);
    for (const field of Object.values(type.fields)) register(field.shape);
    environment.registerType({
      name: type.name,
      schema: Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, celTypeName(field.shape)])),
    });
  };
  register(shape);
  environment.registerVariable('resource', shape.name);
  environment.registerVariable('now', 'google.protobuf.Timestamp');
  return (text, resource) => {
    try {
      return { value: environment.evaluate(text, { resource: toCel(shape, resource), now: new Date(now) }) as unknown };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}

export type OracleResult = { readonly value: unknown } | { readonly error: string };

function toCel(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case 'int':
      return BigInt(value as number);
    case 'timestamp':
      return new Date(value as number);
    case 'list':
      return (value as readonly unknown[]).map((element) => toCel(shape.element, element));
    case 'map':
      return Object.fromEntries(Object.entries(value as object).map(([key, element]) => [key, toCel(shape.value, element)]));
    case 'object': {
      const object = value as { readonly [name: string]: unknown };
      const fields = Object.entries(shape.fields).filter(([name]) => object[name] !== undefined);
      return Object.fromEntries(fields.map(([name, field]) => [name, toCel(field.shape, object[name])]));
    }
    default:
      return value;
  }
}

/** A value of the library as ours: BigInt as number, Date as epoch milliseconds. */
export function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  return Array.isArray(value) ? value.map(fromCel) : value;
}
