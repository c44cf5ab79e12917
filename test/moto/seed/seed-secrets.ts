import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  ReplicateSecretToRegionsCommand,
  RotateSecretCommand,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type SecretFixture } from '../../../src/endpoint/account-fixture.ts';
import { policyText } from '../../../src/endpoint/policy-document-text.ts';
import { tagList } from './tag-list.ts';

/** Makes the secrets of a region, in order; replicas come with their primary. */
export async function seedSecrets(client: SecretsManagerClient, region: string, secrets: readonly SecretFixture[]): Promise<void> {
  for (const secret of secrets) {
    if (secret.primaryRegion === undefined || secret.primaryRegion === region) await seedSecret(client, secret);
  }
}

async function seedSecret(client: SecretsManagerClient, secret: SecretFixture): Promise<void> {
  const SecretId = secret.name;
  const stages = Object.values(secret.versions ?? { only: { stages: ['AWSCURRENT'] } }).flatMap((version) => version.stages);
  await client.send(
    new CreateSecretCommand({
      Name: SecretId,
      Description: secret.description,
      KmsKeyId: secret.kmsKey,
      Tags: tagList(secret.tags),
      SecretString: stages.includes('AWSCURRENT') ? '{"username":"u","password":"FAKE"}' : undefined,
    }),
  );
  // One that a service rotates has no function, and without one moto would promote an empty version.
  if (secret.rotation?.functionArn !== undefined) await rotate(client, secret);
  await clearPending(client, SecretId);
  if (stages.includes('AWSPENDING')) {
    await client.send(new PutSecretValueCommand({ SecretId, SecretString: 'FAKE2', VersionStages: ['AWSPENDING'] }));
  }
  if (secret.policy !== undefined) await client.send(new PutResourcePolicyCommand({ SecretId, ResourcePolicy: policyText(secret.policy) }));
  const replicas = secret.replicas?.map((replica) => ({ Region: replica.region, KmsKeyId: replica.kmsKey }));
  if (replicas !== undefined) await client.send(new ReplicateSecretToRegionsCommand({ SecretId, AddReplicaRegions: replicas }));
  if (secret.deletedAt !== undefined) await client.send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
}

async function rotate(client: SecretsManagerClient, { name, rotation }: SecretFixture): Promise<void> {
  await client.send(
    new RotateSecretCommand({
      SecretId: name,
      RotationLambdaARN: rotation?.functionArn,
      RotationRules: { AutomaticallyAfterDays: rotation?.days, ScheduleExpression: rotation?.expression, Duration: rotation?.duration },
      RotateImmediately: false,
    }),
  );
}

/** AWS takes the stage away when the function ends; in moto none runs, so each rotation would look stuck. */
async function clearPending(client: SecretsManagerClient, SecretId: string): Promise<void> {
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
  for (const [RemoveFromVersionId, stages] of Object.entries(VersionIdsToStages)) {
    if (!stages.includes('AWSPENDING')) continue;
    await client.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId }));
  }
}
