import { severities } from '../../model/severity.ts';
import { identifier, listOf, object, paramValue, text } from '../../policy/policy-schema.ts';
import type { PatternWords } from '../../policy/schema-problems.ts';
import type { JsonSchema } from '../../resources/json-schema.ts';

const accountId = '^\\d{12}$';
const organizationId = '^o-[a-z0-9]{10,32}$';
const regionName = '^([a-z]{2,4}(-[a-z]+){1,2}-\\d{1,2}|all)$';
const roleArn = '^arn:aws[a-z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+$';
const word = '^[A-Za-z][A-Za-z0-9_-]*$';

/** What stands behind a pattern of the schema, for people. */
export const patternWords: PatternWords = (pattern) => words[pattern];

const words: { readonly [pattern: string]: ReturnType<PatternWords> } = {
  [accountId]: { message: 'expected the id of an account', hint: 'twelve digits, in quotes' },
  [organizationId]: { message: 'expected the id of an organization', hint: 'it looks like o-a1b2c3d4e5' },
  [regionName]: { message: 'expected a region', hint: 'it looks like eu-west-1; all stands for every enabled one' },
  [roleArn]: { message: 'expected the ARN of an IAM role', hint: 'it looks like arn:aws:iam::123456789012:role/audit' },
  [word]: { message: 'expected a name: a letter, then letters, digits, - and _' },
};

const enabled: JsonSchema = { type: 'boolean', description: 'Whether it is judged.' };
const params: JsonSchema = {
  type: 'object',
  description: 'Params by name, of the types that the policy declares.',
  propertyNames: { pattern: identifier },
  additionalProperties: paramValue,
};
const byTag: JsonSchema = {
  type: 'object',
  description: 'All policies with a tag, by tag. What is said of a policy by its id goes first; among tags, off does.',
  additionalProperties: object('Policies with this tag.', ['enabled'], { enabled }),
};

const byId = (properties: JsonSchema): JsonSchema => ({
  type: 'object',
  description: 'Policies by id.',
  additionalProperties: object('One policy.', [], properties),
});

const dueDays = (severity: string): JsonSchema => ({
  description: `Of ${severity} findings.`,
  oneOf: [{ type: 'integer', minimum: 1, maximum: 3660 }, { const: 'none' }],
});

const matchSchema: JsonSchema = {
  ...object('Which resources; all that is said must hold, and of a list any.', [], {
    accounts: listOf(text('Id of an account in quotes, or its name in accounts.'), 'Accounts.', { minItems: 1 }),
    regions: listOf(text('Region, such as eu-west-1 or eu-*; global for IAM.'), 'Regions.', { minItems: 1 }),
    paths: listOf(
      text('Pattern such as sandbox/** or **/test-*.tf, relative to this file; * stops at /, ** does not.'),
      'Source files of what is declared in code; a live resource has none.',
      { minItems: 1 },
    ),
    tags: {
      type: 'object',
      description: 'Tags and their values; * stands for anything.',
      minProperties: 1,
      additionalProperties: { type: 'string' },
    },
  }),
  minProperties: 1,
};

/** JSON Schema (2020-12) of `sealcheck.config.yaml`. */
export function configSchema(): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:sealcheck:schema:config:1',
    title: 'Sealcheck configuration',
    ...object('What a project says of its scans once. Flags and environment variables go before it.', ['apiVersion'], {
      apiVersion: { const: 'sealcheck/v1', description: 'Version of this format.' },
      sources: object('What is scanned; given paths or --aws on the command line replace it.', [], {
        aws: { type: 'boolean', description: 'The live account, or those of accounts.' },
        paths: listOf(text('Plan, template, cdk.out or saved account, relative to this file.'), 'Inputs.'),
      }),
      accounts: listOf(
        object('An account.', ['id'], {
          id: text('Twelve digits, in quotes.', { pattern: accountId }),
          name: text('A name for it, to be used in overrides.', { pattern: word }),
          role: text('ARN of the role that reads it; without one it is only named.', { pattern: roleArn }),
          externalId: text('External id that the role asks for.'),
        }),
        'Accounts, with the roles that read them.',
      ),
      withCaller: { type: 'boolean', description: "With roles: read the caller's own account too." },
      regions: listOf({ type: 'string', pattern: regionName }, 'Regions to read; all for every enabled one.', { minItems: 1 }),
      builtin: { type: 'boolean', description: 'Whether the built-in policies are used; they are by default.' },
      policyPaths: listOf(text('File or folder, relative to this file.'), 'Policies of your own.'),
      policies: byId({
        enabled,
        severity: { type: 'string', enum: severities, description: 'Severity of its findings, in the whole run.' },
        params,
      }),
      tags: byTag,
      trusted: object('Whom your account trusts; for the params trustedAccounts and trustedOrganizations of every policy.', [], {
        accounts: listOf({ type: 'string', pattern: accountId }, 'Ids of accounts, in quotes.'),
        organizations: listOf({ type: 'string', pattern: organizationId }, 'Ids of organizations.'),
      }),
      naming: object('RE2 patterns that names must match; for the param namePattern of the policies on that type.', [], {
        secrets: text('Names of secrets.'),
        parameters: text('Names of parameters.'),
      }),
      requiredTags: listOf(text('Key of a tag.'), 'Tags that secrets must have; for the param requiredTags of every policy that has it.'),
      overrides: listOf(
        object('What is different for some resources.', ['match'], {
          match: matchSchema,
          policies: byId({ enabled, params }),
          tags: byTag,
        }),
        'For each policy, the first one that names it and matches the resource counts.',
      ),
      failOn: { type: 'string', enum: [...severities, 'none'], description: 'Exit 1 for failures of this severity or worse.' },
      failOnUnknown: { type: 'string', enum: [...severities, 'never'], description: 'Exit 3 for unknowns of this severity or worse.' },
      outputs: {
        type: 'object',
        description: 'Reports: format and file, relative to this file; - for standard output.',
        additionalProperties: text('File, or -.'),
      },
      waivers: text('File of the waivers, relative to this file.'),
      stateDir: text('Where runs are kept: a folder, relative to this file, or s3://BUCKET/PREFIX.'),
      retainDays: { type: 'integer', minimum: 1, maximum: 3660, description: 'How many days a run is kept.' },
      dueDays: object(
        'Within how many days a finding is to be fixed, by severity; none: whenever. Only where runs are kept.',
        [],
        Object.fromEntries(severities.map((severity) => [severity, dueDays(severity)])),
      ),
    }),
    patternProperties: { '^x-': { description: 'Anything of your own.' } },
  };
}
