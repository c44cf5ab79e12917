import { waivable } from '../../model/waiver.ts';
import type { JsonSchema } from '../../resources/json-schema.ts';

const text = (description: string, more: JsonSchema = {}): JsonSchema => ({ type: 'string', minLength: 1, description, ...more });
const object = (description: string, required: readonly string[], properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  description,
  required,
  properties,
  additionalProperties: false,
  ...more,
});

const matchSchema = object(
  'Which resources. All that is given has to hold; * in a pattern stands for any text.',
  [],
  {
    address: text('Pattern of the ARN, or of the address in code. * alone is every resource.'),
    account: text('Id of the account, in quotes.', { pattern: '^[0-9]{12}$' }),
    tags: {
      type: 'object',
      description: 'Patterns by tag key. Tags of a live resource only count with liveTags.',
      minProperties: 1,
      additionalProperties: { type: 'string', minLength: 1 },
    },
    itemKey: text('Pattern of the key of the item, for policies that judge items.'),
  },
  { minProperties: 1 },
);

const gapSchema = object('Something that could not be listed, and that nobody will be allowed to list.', ['action', 'scope'], {
  action: text('IAM action, such as ssm:DescribeParameters; no pattern.', { pattern: '^[a-z0-9-]+:[A-Za-z]+$' }),
  scope: text('Pattern of the scope, such as aws/123456789012/us-east-1 or aws/123456789012/*.'),
});

/** @param day what a day has to look like, for editors; the loader explains it better */
function waiverSchema(day: JsonSchema): JsonSchema {
  return object('An accepted risk: of findings (policy and match), or of a gap.', ['id', 'reason', 'owner', 'created', 'expires'], {
    id: text('Names the waiver in reports; unique.', { maxLength: 100 }),
    policy: {
      type: ['string', 'array'],
      description: "Id of the policy, or a list of ids. '*' alone is every policy; nothing else is a pattern.",
      minLength: 1,
      items: text('Id of a policy.'),
      minItems: 1,
      uniqueItems: true,
    },
    match: matchSchema,
    covers: {
      type: 'array',
      description: 'What it accepts: failures only, unless unknown is written out.',
      items: { type: 'string', enum: waivable },
      default: ['fail'],
      minItems: 1,
      uniqueItems: true,
    },
    gap: gapSchema,
    reason: text('Why the risk is accepted.', { maxLength: 1000 }),
    owner: text('Who answers for it: a team or an address.', { maxLength: 200 }),
    ticket: text('Where it was decided.', { maxLength: 500 }),
    approvedBy: text('Who agreed to it.', { maxLength: 200 }),
    created: text('First day that it holds, in UTC.', day),
    expires: text('Last day that it holds, in UTC.', day),
  });
}

function fileSchema(day: JsonSchema): JsonSchema {
  return object(
    'Accepted risks, each with somebody who answers for it and a last day.',
    ['apiVersion', 'waivers'],
    {
      apiVersion: { const: 'sealcheck/v1', description: 'Version of this format.' },
      liveTags: {
        type: 'boolean',
        description: 'Whether match.tags holds for live resources too: whoever may tag a resource can then waive it.',
        default: false,
      },
      waivers: { type: 'array', description: 'The first that covers a finding counts.', items: waiverSchema(day) },
    },
    { patternProperties: { '^x-': { description: 'Anything of your own.' } } },
  );
}

/** JSON Schema (2020-12) of waivers.yaml, for editors. */
export function waiversSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://raw.githubusercontent.com/sealcheck/sealcheck/main/schemas/waivers.schema.json',
    title: 'Sealcheck waivers',
    ...fileSchema({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
  };
}

/** The same without the shape of days, which the loader checks itself, with better messages. */
export function waiversStructureSchema(): JsonSchema {
  return fileSchema({});
}
