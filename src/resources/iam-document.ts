import { Unknown, type Maybe } from '../model/unknown.ts';
import { audienceOf } from './iam-audience.ts';
import { isObject, MalformedPolicy, readConditions, readEitherList, readPrincipals, type JsonObject } from './iam-statement-elements.ts';
import type { IamDenial, IamPrincipal, IamStatement } from './iam-statement.ts';
import { allOf, anyOf, isNonEmpty, not, some } from './three-valued.ts';

export interface PolicyContext {
  /** The account that owns the policy or the resource it is attached to. */
  readonly account: Maybe<string>;
  readonly policyName?: string;
  readonly policyArn?: string;
}

/** Far above the quotas of AWS: 10,240 characters in IAM, 20 KB for a secret, 32 KB for a key. */
const longestText = 200 * 1024;

const statementKeys = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

type ParsedStatement = Omit<IamStatement, 'denials'>;

/**
 * Statements of an IAM or resource policy, in order. `document` is its JSON text, or the parsed JSON with Unknown in
 * any place. What breaks the grammar becomes Unknown `malformed-response`: the whole when there are no statements to
 * be found, else the one statement. Element names are taken only as the grammar spells them, and a statement with
 * any other is malformed, because a Condition that we overlooked would turn the verdict.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function parsePolicyDocument(document: unknown, context: PolicyContext): Maybe<readonly Maybe<IamStatement>[]> {
  const listed = listStatements(document);
  if (listed instanceof Unknown) return listed;
  const parsed = listed.map((statement, index) => parseStatement(statement, index, context));
  const denials = parsed.flatMap(denialOf);
  return parsed.map((statement) => (statement instanceof Unknown ? statement : { ...statement, denials }));
}

function listStatements(document: unknown): Maybe<readonly unknown[]> {
  if (document instanceof Unknown) return document;
  if (typeof document === 'string' && document.length > longestText) return malformed('the policy is longer than any that AWS keeps');
  const parsed = typeof document === 'string' ? parseJson(document) : document;
  if (!isObject(parsed)) return malformed('the policy is not a JSON object');
  if (!Object.hasOwn(parsed, 'Statement')) return malformed('the policy has no Statement');
  const statement = parsed['Statement'];
  if (statement instanceof Unknown) return statement;
  if (Array.isArray(statement)) return statement as readonly unknown[];
  return isObject(statement) ? [statement] : malformed('the Statement of the policy is neither an object nor a list');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes the text.
    return undefined;
  }
}

function malformed(detail: string): Unknown {
  return new Unknown('malformed-response', detail);
}

function parseStatement(statement: unknown, index: number, context: PolicyContext): Maybe<ParsedStatement> {
  if (statement instanceof Unknown) return statement;
  try {
    if (!isObject(statement)) throw new MalformedPolicy('it is not an object');
    return readStatement(withoutUndefined(statement), context);
  } catch (error) {
    if (error instanceof MalformedPolicy) return malformed(`statement ${index + 1} of the policy is malformed: ${error.message}`);
    throw error;
  }
}

function withoutUndefined(statement: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(statement).filter(([, value]) => value !== undefined));
}

function readStatement(statement: JsonObject, { account, policyName, policyArn }: PolicyContext): ParsedStatement {
  if (Object.keys(statement).some((key) => !statementKeys.has(key))) throw new MalformedPolicy('it has an element that AWS does not know');
  if (Object.hasOwn(statement, 'Principal') && Object.hasOwn(statement, 'NotPrincipal')) {
    throw new MalformedPolicy('it has both Principal and NotPrincipal');
  }
  const sid = readSid(statement);
  const effect = readEffect(statement);
  const principals = readPrincipals(statement, 'Principal');
  const notPrincipals = readPrincipals(statement, 'NotPrincipal');
  const actions = readEitherList(statement, 'Action', { required: true });
  // The trust policy of a role names no resource: it is the role.
  const namesPrincipal = Object.hasOwn(statement, 'Principal') || Object.hasOwn(statement, 'NotPrincipal');
  const resources = readEitherList(statement, 'Resource', { required: !namesPrincipal });
  const conditions = readConditions(statement);
  return {
    ...(policyName === undefined ? {} : { policyName }),
    ...(policyArn === undefined ? {} : { policyArn }),
    ...(sid === undefined ? {} : { sid }),
    effect,
    actions: actions.named,
    notActions: actions.excepted,
    resources: resources.named,
    notResources: resources.excepted,
    principals,
    notPrincipals,
    conditions,
    ...audienceOf({ effect, principals, notPrincipals, conditions }, account),
  };
}

function readSid(statement: JsonObject): Maybe<string> | undefined {
  const sid = statement['Sid'];
  if (sid === undefined || sid === '') return undefined;
  if (typeof sid === 'string' || sid instanceof Unknown) return sid;
  throw new MalformedPolicy('its Sid is not a string');
}

function readEffect(statement: JsonObject): Maybe<'Allow' | 'Deny'> {
  const effect = statement['Effect'];
  if (effect === 'Allow' || effect === 'Deny' || effect instanceof Unknown) return effect;
  throw new MalformedPolicy('its Effect is neither Allow nor Deny');
}

/** What the statement denies to everyone whatever the circumstances; Unknown for one that may turn out to be such. */
function denialOf(statement: Maybe<ParsedStatement>): readonly Maybe<IamDenial>[] {
  if (statement instanceof Unknown) return [statement];
  const { effect, actions, notActions, resources, notResources, principals, notPrincipals, conditions } = statement;
  const namesNobody = allOf(not(isNonEmpty(principals)), not(isNonEmpty(notPrincipals)));
  const denies = allOf(
    effect instanceof Unknown ? effect : effect === 'Deny',
    not(isNonEmpty(conditions)),
    anyOf(namesNobody, some(principals, namesAllOfAws)),
  );
  if (denies === false) return [];
  return [denies instanceof Unknown ? denies : { actions, notActions, resources, notResources }];
}

function namesAllOfAws({ type, value }: IamPrincipal): Maybe<boolean> {
  return allOf(type instanceof Unknown ? type : type === 'AWS', value instanceof Unknown ? value : value === '*');
}
