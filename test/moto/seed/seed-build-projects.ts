import { CreateProjectCommand, type CodeBuildClient } from '@aws-sdk/client-codebuild';
import type { BuildProjectFixture } from '../../../src/endpoint/workload-fixture.ts';

export async function seedBuildProjects(client: CodeBuildClient, projects: readonly BuildProjectFixture[], role: string): Promise<void> {
  for (const { name, variables = [], tags } of projects) {
    await client.send(
      new CreateProjectCommand({
        name,
        source: { type: 'S3', location: 'example-bucket/source.zip' },
        artifacts: { type: 'NO_ARTIFACTS' },
        environment: {
          type: 'LINUX_CONTAINER',
          image: 'aws/codebuild/standard:7.0',
          computeType: 'BUILD_GENERAL1_SMALL',
          environmentVariables: variables.map((variable) => ({ ...variable, type: variable.type ?? 'PLAINTEXT' })),
        },
        serviceRole: role,
        tags: tags === undefined ? undefined : Object.entries(tags).map(([key, value]) => ({ key, value })),
      }),
    );
  }
}
