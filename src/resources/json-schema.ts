import { unknownReasons } from '../model/unknown.ts';
import type { Shape } from './shape.ts';

export type JsonSchema = { readonly [keyword: string]: unknown };

export const unknownSchema: JsonSchema = {
  type: 'object',
  description: 'A value that could not be learnt, and why.',
  required: ['$unknown'],
  properties: {
    $unknown: { type: 'string', enum: unknownReasons },
    detail: { type: 'string' },
    action: { type: 'string', description: 'IAM action that would have answered.' },
  },
  additionalProperties: false,
};

/**
 * JSON Schema of a fixture of the shape, for editors. Nothing is required, since a fixture may leave out what no
 * expression reads; the loader checks that, and objects become named definitions.
 */
export function fixtureSchema(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  return { anyOf: [plainSchema(shape, definitions), { $ref: '#/$defs/Unknown' }] };
}

function plainSchema(shape: Shape, definitions: Map<string, JsonSchema>): JsonSchema {
  switch (shape.kind) {
    case 'string':
      return shape.values ? { type: 'string', enum: shape.values } : { type: 'string' };
    case 'int':
      return { type: 'integer' };
    case 'bool':
      return { type: 'boolean' };
    case 'timestamp':
      return { type: 'string', description: 'ISO 8601, such as 2026-01-31T00:00:00Z.' };
    case 'list': {
      const plain: JsonSchema = { type: 'array', items: fixtureSchema(shape.element, definitions) };
      if (shape.element.kind !== 'object' || shape.element.name !== 'IamStatement') return plain;
      return {
        anyOf: [{ $ref: '#/$defs/IamDocument' }, { type: 'array', items: { anyOf: [{ $ref: '#/$defs/IamDocument' }, plain['items']] } }],
      };
    }
    case 'map':
      return { type: 'object', additionalProperties: fixtureSchema(shape.value, definitions) };
    case 'object': {
      if (!definitions.has(shape.name)) {
        definitions.set(shape.name, {});
        const properties = Object.fromEntries(
          Object.entries(shape.fields).map(([name, field]) => [
            name,
            { description: field.doc, ...fixtureSchema(field.shape, definitions) },
          ]),
        );
        definitions.set(shape.name, { type: 'object', properties, additionalProperties: false });
      }
      return { $ref: `#/$defs/${shape.name}` };
    }
    default:
      return shape satisfies never;
  }
}

/** An IAM document in a fixture, written as IAM writes it. */
export const iamDocumentSchema: JsonSchema = {
  type: 'object',
  description: 'Statements as IAM writes them; they are normalised as those of a live account.',
  required: ['$iam'],
  properties: {
    $iam: { description: 'One statement, or a list of the statements of one document.', type: ['object', 'array'] },
    policyName: { type: 'string' },
    policyArn: { type: 'string' },
  },
  additionalProperties: false,
};
