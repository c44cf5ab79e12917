import { requiredText, textList } from './input-fields.ts';
import { tagList } from './json-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import { ServiceError } from './service-error.ts';
import type { ContainerFixture, TaskDefinitionFixture } from './workload-fixture.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html: those that tell what tasks are given. */
export const ecsOperations: Operations = {
  ListTaskDefinitionFamilies: { answer: listTaskDefinitionFamilies, paging: { token: 'nextToken' } },
  DescribeTaskDefinition: { answer: describeTaskDefinition },
};

function listTaskDefinitionFamilies(call: Call): string {
  const page = pageOf(
    definitionsOf(call).map(({ family }) => family),
    {
      operation: 'ListTaskDefinitionFamilies',
      token: call.input['nextToken'],
      size: call.input['maxResults'],
      sizeName: 'maxResults',
      maxSize: 100,
      defaultSize: 100,
      badTokenCode: 'InvalidParameterException',
      short: call.shortPages,
    },
  );
  return JSON.stringify({ families: page.items, nextToken: page.nextToken });
}

/** Takes a family, and answers its newest revision; older ones are not kept. */
function describeTaskDefinition(call: Call): string {
  const name = requiredText(call.input, 'taskDefinition');
  const found = definitionsOf(call).find(({ family }) => family === name);
  if (found === undefined) throw new ServiceError('ClientException', 'Unable to describe task definition.');
  const tags = textList(call.input, 'include').includes('TAGS') ? tagList(found.tags, 'key', 'value') : undefined;
  return JSON.stringify({ taskDefinition: describe(call, found), tags });
}

function describe(
  { account, region }: Call,
  { family, revision = 1, containers }: TaskDefinitionFixture,
): Readonly<Record<string, unknown>> {
  return {
    taskDefinitionArn: `arn:${account.partition}:ecs:${region}:${account.id}:task-definition/${family}:${revision}`,
    family,
    revision,
    status: 'ACTIVE',
    containerDefinitions: containers.map(describeContainer),
  };
}

function describeContainer({ name, environment = {}, secrets = {} }: ContainerFixture): Readonly<Record<string, unknown>> {
  return {
    name,
    image: `example/${name}`,
    environment: Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    secrets: Object.entries(secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
  };
}

function definitionsOf(call: Call): readonly TaskDefinitionFixture[] {
  return call.account.fixture.regions[call.region]?.taskDefinitions ?? [];
}
