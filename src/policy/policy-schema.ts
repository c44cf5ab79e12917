import { paramTypes } from '../model/policy.ts';
import { severities } from '../model/severity.ts';
import { sourceNames } from '../model/source-name.ts';
import { statuses } from '../model/finding.ts';
import { resourceTypes } from '../resources/index.ts';
import { fixtureSchema, iamDocumentSchema, unknownSchema, type JsonSchema } from '../resources/json-schema.ts';

export const text = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', minLength: 1, description, ...more });
const condition = (description: string): JsonSchema => text(description, { maxLength: 2000 });
export const listOf = (items: JsonSchema, description: string, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  description,
  ...more,
});
export const object = (description: string, required: readonly string[], properties: JsonSchema): JsonSchema => ({
  type: 'object',
  description,
  required,
  properties,
  additionalProperties: false,
});

export const identifier = '^[a-zA-Z][a-zA-Z0-9]*$';
const policyId = '^[a-z][a-z0-9]*(-[a-z0-9]+)+$';
export const paramValue: JsonSchema = { type: ['integer', 'string', 'boolean', 'array'], items: { type: 'string' } };

const controlSchema = object('A requirement of a published framework.', ['framework', 'id'], {
  framework: text('Such as aws-fsbp, nist-800-53-r5 or pci-dss-4.'),
  id: text('Id of the requirement in that framework.'),
});

const remediationSchema = object('What to do about a finding.', ['text'], {
  text: text('In words.'),
  url: text('Where to read more.', { pattern: '^https://' }),
  cli: text('AWS CLI command; {{ expressions }} may stand in it.'),
  terraform: text('Terraform snippet.'),
  cloudformation: text('CloudFormation snippet.'),
});

const paramSchema = object('A setting of the policy.', ['type', 'default', 'description'], {
  type: { type: 'string', enum: paramTypes, description: 'Type of the value.' },
  default: { ...paramValue, description: 'Value unless it is set.' },
  minimum: { type: 'integer', description: 'Smallest accepted value of an int.' },
  maximum: { type: 'integer', description: 'Largest accepted value of an int.' },
  accepts: {
    type: 'string',
    enum: ['at-most', 'at-least'],
    description: 'What an int means: values up to it pass (at-most, the default), or values from it on. Boundary tests are made of it.',
  },
  description: text('Meaning, with the unit.'),
});

const testSchema = object('One resource and the verdict it must get.', ['name', 'resource', 'expect'], {
  name: text('What is special about the case.'),
  type: text('Resource type, for a policy that judges several; the first one if left out.'),
  resource: { type: 'object', description: 'Attributes. { $unknown: reason } may stand for any value, { $iam: … } for statements.' },
  params: { type: 'object', additionalProperties: paramValue, description: 'Params that differ from their defaults.' },
  now: text('Clock of the case, ISO 8601.'),
  source: { type: 'string', enum: sourceNames, description: 'Source of the resource; a live account if left out.' },
  expect: {
    type: 'string',
    enum: statuses.filter((status) => status !== 'waived'),
    description: 'The verdict. With each: of the worst item.',
  },
  messages: listOf({ type: 'string' }, 'The messages of the findings, all of them.'),
  unknown: listOf({ type: 'string' }, 'The attribute paths that an unknown verdict waits for, all of them.'),
  reason: text('The reason of a not_applicable verdict.'),
});

/** JSON Schema (2020-12) of a policy file, generated from the declarations of the resource types; for editors. */
export function policySchema(): JsonSchema {
  const definitions = new Map<string, JsonSchema>([
    ['Unknown', unknownSchema],
    ['IamDocument', iamDocumentSchema],
  ]);
  const typeNames = resourceTypes.map((type) => type.name);
  const fixtures = resourceTypes.map((type) => {
    fixtureSchema(type.shape, definitions);
    const fixture = { tests: { items: { properties: { resource: { $ref: `#/$defs/${type.shape.name}` } } } } };
    return { if: { properties: { resource: { const: type.name } }, required: ['resource'] }, then: { properties: fixture } };
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sealcheck:schema:policy:1',
    title: 'Sealcheck policy',
    ...object(
      'One policy: what it judges, the condition, and its tests.',
      ['apiVersion', 'id', 'title', 'severity', 'description', 'resource', 'assert', 'remediation', 'tests'],
      {
        apiVersion: { const: 'sealcheck/v1', description: 'Version of this format.' },
        id: text('Kebab-case, service first; states the compliant condition and never changes its meaning.', {
          pattern: policyId,
          maxLength: 80,
        }),
        aliases: listOf({ type: 'string', pattern: policyId }, 'Former ids, which still select this policy.'),
        title: text('The compliant condition as a sentence.', { maxLength: 200 }),
        severity: { type: 'string', enum: severities, description: 'How bad a violation is.' },
        description: text('Why an engineer should care.', { maxLength: 1000 }),
        resource: {
          description: 'Resource type, or a list of them; the conditions are checked against each.',
          anyOf: [
            { type: 'string', enum: typeNames },
            { type: 'array', items: { type: 'string', enum: typeNames }, minItems: 1, uniqueItems: true },
          ],
        },
        sources: listOf({ type: 'string', enum: sourceNames }, 'Where the policy makes sense; everywhere if left out.', {
          minItems: 1,
          uniqueItems: true,
        }),
        tags: listOf({ type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, 'Words to select policies by.'),
        params: {
          type: 'object',
          description: 'Settings, by name.',
          propertyNames: { pattern: identifier },
          additionalProperties: paramSchema,
        },
        variables: listOf(
          object('A named expression.', ['name', 'expr'], {
            name: text('Read as variables.NAME.', { pattern: identifier }),
            expr: condition('CEL.'),
          }),
          'Computed once a resource, when read; each may use those before it.',
        ),
        exclude: listOf(
          object('A resource that is not judged.', ['if', 'reason'], {
            if: condition('CEL condition.'),
            reason: text('Shown with the finding.'),
          }),
          'In order: the first that is true makes the resource not_applicable.',
        ),
        each: object('Judge the items of a list one by one.', ['var', 'in'], {
          var: text('Name of the item in when, assert and messages.', { pattern: identifier }),
          in: condition('CEL list.'),
          key: condition(
            'CEL text that identifies an item between runs; an empty text means the default: its unique Sid, else a hash of it.',
          ),
        }),
        when: condition('CEL condition: where it is false the resource or item is not_applicable.'),
        assert: listOf(
          object('What must hold.', ['that', 'message'], {
            that: condition('CEL condition.'),
            message: text('What is wrong when it does not hold; {{ expressions }} may stand in it.', { maxLength: 1000 }),
            locate: text('Attribute path at which the finding is shown in source files.'),
          }),
          'All must be true to pass.',
          { minItems: 1 },
        ),
        controls: listOf(controlSchema, 'Requirements that the policy gives evidence for.'),
        equivalents: listOf({ type: 'string' }, 'Checks of other tools that ask the same or nearly the same.'),
        remediation: remediationSchema,
        deprecated: text('Why the policy is only kept for its id, and what to use instead.'),
        tests: listOf(testSchema, 'At least a pass, a fail, and an unknown where an attribute can be unknown.', { minItems: 1 }),
      },
    ),
    patternProperties: { '^x-': { description: 'Anything of your own.' } },
    allOf: fixtures,
    $defs: Object.fromEntries(definitions),
  };
}

/** The same without the fixtures, which the loader checks itself, with better messages. */
export function policyStructureSchema(): JsonSchema {
  const { allOf: _fixtures, $defs: _definitions, ...structure } = policySchema();
  return structure;
}
