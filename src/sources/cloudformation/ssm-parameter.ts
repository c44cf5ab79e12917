import { declaredParameter, type ParameterDeclaration } from '../../iac/ssm-parameter.ts';
import { Unknown } from '../../model/unknown.ts';
import { parseParameterPolicies } from '../../resources/parameter-policies.ts';
import { nameLooksSecret } from '../../resources/secret-name.ts';
import { ssmParameter } from '../../resources/ssm-parameter.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import { fitsStandardTier } from '../../resources/standard-tier.ts';
import type { Evaluator } from './evaluator.ts';
import { inspectValue } from './inspect-value.ts';
import { keyLinkAt } from './keys.ts';
import { attachedTo } from './links.ts';
import { documentAt, locateAt, malformed, rawAt, tagsAt, textAt } from './properties.ts';
import type { RawResource } from './template.ts';
import { originOf, originOfCredential, takeApart } from './value-source.ts';
import type { Draft } from './variants.ts';
import { declare, declareAll, madeUp, ofTypes, type TypeReader } from './workspace.ts';

export const parameterReader: TypeReader = {
  type: ssmParameter.name,
  read: (workspace) =>
    declareAll(ofTypes(workspace, ssmParameter.name), (parameter) =>
      declare(workspace, parameter, { type: ssmParameter, address: parameter.id }, (evaluator) =>
        readParameter(evaluator, parameter, workspace.classify),
      ),
    ),
};

/** CloudFormation makes no SecureString, but a template may ask for one all the same, and SAM and macros let it through. */
async function readParameter(evaluator: Evaluator, parameter: RawResource, classify: ValueClassifier): Promise<Draft> {
  const type = textAt(evaluator, parameter, ['Type']) ?? malformed(parameter, ['Type']);
  const key = keyLinkAt(evaluator, parameter, ['KeyId']);
  const name = textAt(evaluator, parameter, ['Name']) ?? madeUp;
  const taken = takeApart(evaluator, rawAt(evaluator, parameter, ['Value']));
  const isForCredential = type === 'SecureString' || (typeof name === 'string' && nameLooksSecret(name));
  const text = textAt(evaluator, parameter, ['Value']) ?? '';
  const policies = textAt(evaluator, parameter, ['Policies']) ?? '';
  const { attributes, origins } = declaredParameter(
    {
      name,
      place: evaluator.world.template.place,
      tags: tagsAt(evaluator, parameter),
      type,
      tier: textAt(evaluator, parameter, ['Tier']) ?? 'Standard',
      dataType: textAt(evaluator, parameter, ['DataType']) ?? 'text',
      key: key.link,
      policies: policies instanceof Unknown ? policies : parseParameterPolicies(policies),
      sharing: sharingOf(evaluator, parameter),
      value: {
        ...(await inspectValue(classify, taken, text)),
        fitsStandard: typeof text === 'string' ? fitsStandardTier(text) : text,
        origin: isForCredential ? originOfCredential(taken) : originOf(taken),
        writeOnly: false,
      },
    },
    key.keys,
  );
  const at =
    (...path: string[]) =>
    () =>
      locateAt(evaluator, parameter, path);
  return {
    attributes,
    origins: [
      { path: '', locate: at() },
      { path: 'name', locate: at('Name') },
      { path: 'type', locate: at('Type') },
      { path: 'tier', locate: at('Tier') },
      { path: 'dataType', locate: at('DataType') },
      { path: 'tags', locate: at('Tags') },
      { path: 'encryption', locate: at('KeyId') },
      { path: 'value', locate: at('Value') },
      ...['expiration', 'expirationNotification', 'noChangeNotification'].map((path) => ({ path, locate: at('Policies') })),
      ...origins,
    ],
    ...(key.id !== undefined && type !== 'String' && type !== 'StringList' ? { keys: [key.id] } : {}),
  };
}

/**
 * The resource policies in the template that share the parameter.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-resourcepolicy.html
 */
function sharingOf(evaluator: Evaluator, parameter: RawResource): NonNullable<ParameterDeclaration['sharing']> {
  const policies = attachedTo(evaluator, 'AWS::SSM::ResourcePolicy', 'ResourceArn', [ssmParameter.name]);
  const attached = policies.of(parameter.id);
  const more = attached.length > 0 ? undefined : policies.maybeOf();
  return {
    parts: attached.flatMap(({ resource }) => documentAt(evaluator, resource, ['Policy']) ?? []),
    ...(more === undefined ? {} : { more }),
  };
}
