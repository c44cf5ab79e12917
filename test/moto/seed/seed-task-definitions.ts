import { RegisterTaskDefinitionCommand, type ECSClient } from '@aws-sdk/client-ecs';
import type { ContainerFixture, TaskDefinitionFixture } from '../../../src/endpoint/workload-fixture.ts';

/** Registers as many revisions as the description counts; all but the last hold a credential, which nobody may blame. */
export async function seedTaskDefinitions(client: ECSClient, definitions: readonly TaskDefinitionFixture[]): Promise<void> {
  for (const { family, revision = 1, containers, tags } of definitions) {
    for (let number = 1; number < revision; number += 1) {
      await register(client, family, [{ name: 'old', environment: { OLD_PASSWORD: 'Fake-Old-Pass-1' } }]);
    }
    await register(client, family, containers, tags);
  }
}

async function register(
  client: ECSClient,
  family: string,
  containers: readonly ContainerFixture[],
  tags?: Readonly<Record<string, string>>,
): Promise<void> {
  await client.send(
    new RegisterTaskDefinitionCommand({
      family,
      tags: tags === undefined ? undefined : Object.entries(tags).map(([key, value]) => ({ key, value })),
      containerDefinitions: containers.map(({ name, environment = {}, secrets = {} }) => ({
        name,
        image: `example/${name}`,
        memory: 128,
        environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
        secrets: Object.entries(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
      })),
    }),
  );
}
