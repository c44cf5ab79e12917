import {
  CreateAliasCommand,
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyRotationCommand,
  ScheduleKeyDeletionCommand,
  type KeySpec,
  type KeyUsageType,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { type KeyFixture } from '../../../src/endpoint/account-fixture.ts';
import { policyText } from '../../../src/endpoint/policy-document-text.ts';

/** Makes the keys, in order. Returns the id that moto chose for each, by the id of the fixture. */
export async function seedKeys(client: KMSClient, keys: readonly KeyFixture[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const key of keys) {
    const { KeyMetadata } = await client.send(
      new CreateKeyCommand({
        Description: key.description,
        KeyUsage: (key.usage ?? 'ENCRYPT_DECRYPT') as KeyUsageType,
        KeySpec: (key.spec ?? 'SYMMETRIC_DEFAULT') as KeySpec,
        Origin: key.origin ?? 'AWS_KMS',
        MultiRegion: key.multiRegion ?? false,
        Policy: key.policy === undefined ? undefined : policyText(key.policy),
      }),
    );
    const KeyId = KeyMetadata?.KeyId;
    if (KeyId === undefined) throw new Error('moto made no key');
    ids.set(key.id, KeyId);
    for (const alias of key.aliases ?? []) await client.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId: KeyId }));
    if (key.rotation !== undefined) {
      await client.send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: key.rotation.periodDays }));
    }
    if (key.state === 'Disabled') await client.send(new DisableKeyCommand({ KeyId }));
    if (key.state === 'PendingDeletion') await client.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  }
  return ids;
}
