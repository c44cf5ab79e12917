import { PutParameterCommand, type ParameterTier, type SSMClient } from '@aws-sdk/client-ssm';
import type { ParameterFixture } from '../../../src/endpoint/account-fixture.ts';
import { tagList } from './tag-list.ts';

/** Puts the parameters, in order, as often as their version says. */
export async function seedParameters(client: SSMClient, parameters: readonly ParameterFixture[]): Promise<void> {
  for (const parameter of parameters) {
    const put = {
      Name: parameter.name,
      Value: parameter.value ?? 'EXAMPLE',
      Type: parameter.type ?? 'String',
      Description: parameter.description,
      KeyId: parameter.kmsKey,
      Tier: parameter.tier as ParameterTier | undefined,
      DataType: parameter.dataType,
      AllowedPattern: parameter.allowedPattern,
      Policies:
        parameter.policies === undefined
          ? undefined
          : JSON.stringify(parameter.policies.map(({ type, attributes }) => ({ Type: type, Version: '1.0', Attributes: attributes }))),
    };
    // Tags cannot be put along with a further version.
    await client.send(new PutParameterCommand({ ...put, Tags: tagList(parameter.tags) }));
    for (let version = 2; version <= (parameter.version ?? 1); version += 1) {
      await client.send(new PutParameterCommand({ ...put, Overwrite: true }));
    }
  }
}
