import { placeText, type Place } from './place.ts';

/**
 * The ARN that a resource of the code is going to have, as far as it is known. What AWS chooses (the random suffix of a
 * secret, the id of a key) and what is not known yet is written as `${address}`: a text that is no wildcard and equals nothing else, so
 * that "this one secret" is told apart from "every secret" before it exists. Undefined for types without such a rule.
 *
 * @param name the name, if known
 * @param path of IAM, with a slash at both ends
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function arnOf(type: string, address: string, name: string | undefined, place: Place, path = '/'): string | undefined {
  const rule = rules.get(type);
  if (rule === undefined) return undefined;
  const own = `\${${address.replace(/[{}]/g, '_')}}`;
  const partition = placeText(place, 'partition');
  const account = placeText(place, 'account');
  const region = rule.global ? '' : placeText(place, 'region');
  return `arn:${partition}:${rule.service}:${region}:${account}:${rule.rest(name ?? own, own, path)}`;
}

interface ArnRule {
  readonly service: string;
  readonly global?: true;
  readonly rest: (name: string, own: string, path: string) => string;
}

const withoutSlash = (name: string): string => name.replace(/^\//, '');

const rules: ReadonlyMap<string, ArnRule> = new Map<string, ArnRule>([
  ['AWS::SecretsManager::Secret', { service: 'secretsmanager', rest: (name, own) => `secret:${name === own ? own : `${name}-${own}`}` }],
  ['AWS::SSM::Parameter', { service: 'ssm', rest: (name) => `parameter/${withoutSlash(name)}` }],
  ['AWS::KMS::Key', { service: 'kms', rest: (_name, own) => `key/${own}` }],
  ['AWS::KMS::ReplicaKey', { service: 'kms', rest: (_name, own) => `key/${own}` }],
  ['AWS::KMS::Alias', { service: 'kms', rest: (name) => name }],
  ['AWS::IAM::Role', { service: 'iam', global: true, rest: (name, _own, path) => `role${path}${name}` }],
  ['AWS::IAM::User', { service: 'iam', global: true, rest: (name, _own, path) => `user${path}${name}` }],
  ['AWS::IAM::Group', { service: 'iam', global: true, rest: (name, _own, path) => `group${path}${name}` }],
  ['AWS::IAM::ManagedPolicy', { service: 'iam', global: true, rest: (name, _own, path) => `policy${path}${name}` }],
  ['AWS::IAM::OIDCProvider', { service: 'iam', global: true, rest: (url) => `oidc-provider/${url.replace(/^https:\/\//, '')}` }],
  ['AWS::IAM::SAMLProvider', { service: 'iam', global: true, rest: (name) => `saml-provider/${name}` }],
  ['AWS::Lambda::Function', { service: 'lambda', rest: (name) => `function:${name}` }],
  ['AWS::SNS::Topic', { service: 'sns', rest: (name) => name }],
  ['AWS::SQS::Queue', { service: 'sqs', rest: (name) => name }],
]);
