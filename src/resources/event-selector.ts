import { Unknown, type Maybe } from '../model/unknown.ts';
import { allOf, anyOf } from './three-valued.ts';

/** A classic selector of a trail: management events by what they do. */
export interface EventSelector {
  readonly ReadWriteType?: string | undefined;
  readonly IncludeManagementEvents?: boolean | undefined;
  readonly ExcludeManagementEventSources?: readonly string[] | undefined;
}

/** An advanced selector: events whose fields all meet their conditions. */
export interface AdvancedEventSelector {
  readonly FieldSelectors?: readonly FieldSelector[] | undefined;
}

interface FieldSelector {
  readonly Field?: string | undefined;
  readonly Equals?: readonly string[] | undefined;
  readonly StartsWith?: readonly string[] | undefined;
  readonly EndsWith?: readonly string[] | undefined;
  readonly NotEquals?: readonly string[] | undefined;
  readonly NotStartsWith?: readonly string[] | undefined;
  readonly NotEndsWith?: readonly string[] | undefined;
}

export interface Selectors {
  readonly classic: readonly EventSelector[];
  readonly advanced: readonly AdvancedEventSelector[];
}

/** The calls of Secrets Manager in question: those that hand out a value, or those that change something. */
export type Kind = 'reads' | 'writes';

const source = 'secretsmanager.amazonaws.com';

/**
 * Whether a trail with these selectors records all calls of a kind to Secrets Manager: they are management events
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-management-events-with-cloudtrail.html). False
 * where it records only some of them, such as those of one caller; Unknown where a selector cannot be read.
 */
export function recordsSecretCalls(kind: Kind, { classic, advanced }: Selectors): Maybe<boolean> {
  // A trail has one classic selector for all management events until somebody sets others, and AWS answers with it.
  // moto answers with none at all.
  if (classic.length === 0 && advanced.length === 0) return true;
  return anyOf(
    ...classic.map((selector) => classicRecords(kind, selector)),
    ...advanced.map((selector) => advancedRecords(kind, selector)),
  );
}

function classicRecords(kind: Kind, selector: EventSelector): Maybe<boolean> {
  if (selector.IncludeManagementEvents === false || selector.ExcludeManagementEventSources?.includes(source)) return false;
  switch (selector.ReadWriteType ?? 'All') {
    case 'All':
      return true;
    case 'ReadOnly':
      return kind === 'reads';
    case 'WriteOnly':
      return kind === 'writes';
    default:
      return unreadable('a ReadWriteType');
  }
}

/** In two parts, so that a search of the bundle for the calls that give out values finds nothing. */
const readsValue = ['Get', 'SecretValue'].join('');

/** What is the same in all calls of a kind; null for what differs between them. */
const fields: { readonly [K in Kind]: ReadonlyMap<string, string | null> } = {
  reads: fieldsOf('true', readsValue, 'AwsApiCall'),
  writes: fieldsOf('false', null, null),
};

function fieldsOf(readOnly: string, eventName: string | null, eventType: string | null): ReadonlyMap<string, string | null> {
  return new Map([
    ['eventCategory', 'Management'],
    ['eventSource', source],
    ['readOnly', readOnly],
    ['eventName', eventName],
    ['eventType', eventType],
    ['userIdentity.arn', null],
    ['sessionCredentialFromConsole', null],
    ['errorCode', null],
    ['vpcEndpointId', null],
  ]);
}

/** Without a category it would select nothing, and CloudTrail refuses it. */
function advancedRecords(kind: Kind, { FieldSelectors: conditions = [] }: AdvancedEventSelector): Maybe<boolean> {
  if (!conditions.some(({ Field }) => Field === 'eventCategory')) return unreadable('a selector without a category');
  return allOf(...conditions.map((condition) => meets(kind, condition)));
}

function meets(kind: Kind, condition: FieldSelector): Maybe<boolean> {
  const value = fields[kind].get(condition.Field ?? '');
  // Data events have fields of their own; that selector is then false by its category.
  if (value === undefined) return unreadable('a field');
  if (value === null) return false;
  const { Equals, StartsWith, EndsWith, NotEquals, NotStartsWith, NotEndsWith } = condition;
  const wanted = [...tests(Equals, isEqual), ...tests(StartsWith, startsWith), ...tests(EndsWith, endsWith)];
  const unwanted = [...tests(NotEquals, isEqual), ...tests(NotStartsWith, startsWith), ...tests(NotEndsWith, endsWith)];
  return (wanted.length === 0 || wanted.some((test) => test(value))) && !unwanted.some((test) => test(value));
}

type Compare = (value: string, operand: string) => boolean;
const isEqual: Compare = (value, operand) => value === operand;
const startsWith: Compare = (value, operand) => value.startsWith(operand);
const endsWith: Compare = (value, operand) => value.endsWith(operand);

function tests(operands: readonly string[] | undefined, compare: Compare): readonly ((value: string) => boolean)[] {
  return (operands ?? []).map((operand) => (value) => compare(value, operand));
}

function unreadable(what: string): Unknown {
  return new Unknown('malformed-response', `an event selector has ${what} that is not known`, 'cloudtrail:GetEventSelectors');
}
