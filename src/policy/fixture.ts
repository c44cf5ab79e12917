import { Unknown, isUnknownReason } from '../model/unknown.ts';
import type { Attributes } from '../model/resource.ts';
import { decode, isPlainObject, type DecodeProblem } from '../resources/decode.ts';
import { parsePolicyDocument } from '../resources/iam-document.ts';
import { placeUnknowns } from '../resources/place-unknowns.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import type { Shape } from '../resources/shape.ts';

type Path = readonly (string | number)[];

/** Account that fixtures are in unless they say otherwise; AWS uses this id in its examples. */
const fixtureAccount = '111122223333';

export type DecodedFixture = { readonly attributes: Attributes } | { readonly problems: readonly DecodeProblem[] };

/**
 * The resource of a test, checked against the declaration of its type. What it leaves out is Unknown
 * `not-collected`; a required attribute that the policy reads may not be left out.
 */
export function decodeFixture(type: ResourceType, json: unknown, reads: readonly string[]): DecodedFixture {
  const problems: DecodeProblem[] = [];
  const account = isPlainObject(json) && typeof json['account'] === 'string' ? json['account'] : fixtureAccount;
  const given = isPlainObject(json) ? { account, region: 'us-east-1', ...json } : json;
  const attributes = decode(type.shape, given, [], {
    problems,
    missing: (path) => {
      const name = path.filter((step) => typeof step === 'string').join('.');
      if (reads.some((read) => read === name || read.startsWith(`${name}.`))) return undefined;
      return new Unknown('not-collected', 'the fixture leaves it out');
    },
    special: (shape, value, path) => decodeStatements(shape, value, path, account, problems),
  });
  return problems.length > 0 ? { problems } : { attributes: placeUnknowns(attributes as Attributes) };
}

/** `{ $iam: … }`, or a list with such documents in it, where a list of statements is due. */
function decodeStatements(
  shape: Shape,
  json: unknown,
  path: Path,
  account: string,
  problems: DecodeProblem[],
): { readonly value: unknown } | undefined {
  if (shape.kind !== 'list' || shape.element.kind !== 'object' || shape.element.name !== 'IamStatement') return undefined;
  if (isDocument(json)) return { value: decodeDocument(json, path, account, problems) };
  if (!Array.isArray(json) || !json.some(isDocument)) return undefined;
  const statements: unknown[] = [];
  for (const [index, element] of (json as readonly unknown[]).entries()) {
    const decoded = isDocument(element)
      ? decodeDocument(element, [...path, index], account, problems)
      : [decode(shape.element, element, [...path, index], { problems })];
    if (Array.isArray(decoded)) statements.push(...(decoded as readonly unknown[]));
    else statements.push(decoded);
  }
  return { value: statements };
}

function isDocument(json: unknown): json is { readonly $iam: unknown; readonly [key: string]: unknown } {
  return isPlainObject(json) && Object.hasOwn(json, '$iam');
}

function decodeDocument(
  json: { readonly $iam: unknown; readonly [key: string]: unknown },
  path: Path,
  account: string,
  problems: DecodeProblem[],
): unknown {
  const { $iam: statement, policyName, policyArn, ...rest } = json;
  for (const key of Object.keys(rest))
    problems.push({ path: [...path, key], message: `there is no ${key} beside $iam`, candidates: ['policyName', 'policyArn'] });
  const parsed = parsePolicyDocument(
    { Version: '2012-10-17', Statement: markUnknowns(statement) },
    {
      account,
      ...(typeof policyName === 'string' ? { policyName } : {}),
      ...(typeof policyArn === 'string' ? { policyArn } : {}),
    },
  );
  const malformed =
    parsed instanceof Unknown ? parsed : parsed.find((element) => element instanceof Unknown && element.reason === 'malformed-response');
  if (malformed instanceof Unknown && malformed.reason === 'malformed-response')
    problems.push({ path, message: `not an IAM statement: ${malformed.detail}` });
  return parsed;
}

function markUnknowns(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(markUnknowns);
  if (!isPlainObject(json)) return json;
  const reason = json['$unknown'];
  if (typeof reason === 'string' && isUnknownReason(reason)) return new Unknown(reason, reason);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, markUnknowns(value)]));
}
