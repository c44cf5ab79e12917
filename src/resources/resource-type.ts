import { required, string, object, type Fields, type FieldValues, type ObjectShape } from './shape.ts';

export interface ResourceType<F extends Fields = Fields> {
  /** CloudFormation type name. */
  readonly name: string;
  readonly doc: string;
  /** Service of the synthetic SARIF path and of grouping, such as `secretsmanager`. */
  readonly service: string;
  /** Kind in that path, such as `secret`. */
  readonly kind: string;
  /** AWS has no tags on it. A type that has neither this nor an attribute `tags` has tags that are not read. */
  readonly untaggable?: true;
  readonly shape: ObjectShape<F>;
}

/** Attributes that every resource has, so that policies can compare accounts. */
export const commonFields = {
  name: required(string, 'What people call it, without a random suffix.'),
  account: required(string, 'Id of the account that owns it, 12 digits.'),
  region: required(string, 'Region it is in; `global` for IAM.'),
} satisfies Fields;

export function resourceType<F extends Fields>(type: {
  readonly name: string;
  readonly doc: string;
  readonly service: string;
  readonly kind: string;
  readonly untaggable?: true;
  readonly attributes: F;
}): ResourceType<typeof commonFields & F> {
  const { attributes, ...rest } = type;
  const celName = type.name.replaceAll('::', '_');
  return { ...rest, shape: object(celName, { ...commonFields, ...attributes }) };
}

export type AttributesOf<T> = T extends ResourceType<infer F> ? FieldValues<F> : never;
