import { credentialKind } from '../../resources/secret-name.ts';
import { isOpenType, type Reference } from './reference.ts';
import { typeOf, type World } from './world.ts';

/** Attributes of resources that are credentials themselves. */
const credentials: ReadonlySet<string> = new Set([
  'AWS::IAM::AccessKey SecretAccessKey',
  'AWS::Cognito::UserPoolClient ClientSecret',
  'AWS::AppSync::ApiKey ApiKey',
  'AWS::MediaConnect::Flow Source.Decryption.SecretArn',
]);

/**
 * Whether what a reference gives is a credential; undefined where it cannot be told. Names, ids, ARNs and addresses of AWS
 * resources are none; what custom resources and other templates give may be anything.
 */
export function isSecretAttribute(world: World, { id, attribute }: Reference): boolean | undefined {
  const type = typeOf(world, id) ?? '';
  if (attribute !== undefined && credentials.has(`${type} ${attribute}`)) return true;
  if (type === 'AWS::SSM::Parameter' && attribute === 'Value') return undefined;
  if (!isOpenType(type)) return false;
  const last = attribute?.slice(attribute.lastIndexOf('.') + 1) ?? '';
  if (/(?:arn|name|id|url|uri|endpoint|address|port)$/i.test(last)) return false;
  return credentialKind(last) === 'password' ? true : undefined;
}
