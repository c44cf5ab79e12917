import type { TextKind } from '../model/expression.ts';
import type { Shape } from '../resources/shape.ts';

/** The static type of an expression: a shape of the model, or a duration, which only expressions have (milliseconds). */
export type ExpressionType = Shape | { readonly kind: 'duration' };

export const duration = { kind: 'duration' } as const;

/** The name that the CEL type checker knows a type by. */
export function celTypeName(type: ExpressionType): string {
  switch (type.kind) {
    case 'string':
    case 'int':
    case 'bool':
      return type.kind;
    case 'timestamp':
      return 'google.protobuf.Timestamp';
    case 'duration':
      return 'google.protobuf.Duration';
    case 'list':
      return `list<${celTypeName(type.element)}>`;
    case 'map':
      return `map<string, ${celTypeName(type.value)}>`;
    case 'object':
      return type.name;
    default:
      return type satisfies never;
  }
}

/** The same for people: `timestamp` instead of `google.protobuf.Timestamp`. */
export function typeName(type: ExpressionType): string {
  return celTypeName(type).replace(/google\.protobuf\.(Timestamp|Duration)/g, (_, name: string) => name.toLowerCase());
}

export function textKind(type: ExpressionType): TextKind {
  return type.kind === 'timestamp' || type.kind === 'duration' ? type.kind : 'plain';
}
