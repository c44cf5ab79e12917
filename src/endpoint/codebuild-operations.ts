import { textList } from './input-fields.ts';
import { tagList } from './json-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import { ServiceError } from './service-error.ts';
import type { BuildProjectFixture } from './workload-fixture.ts';

/** https://docs.aws.amazon.com/codebuild/latest/APIReference/API_Operations.html: those that tell what builds are given. */
export const codeBuildOperations: Operations = {
  ListProjects: { answer: listProjects, paging: { token: 'nextToken' } },
  BatchGetProjects: { answer: batchGetProjects },
};

const maxNames = 100;

/** The page has a size of its own, which a request cannot choose. */
function listProjects(call: Call): string {
  const page = pageOf(
    projectsOf(call).map(({ name }) => name),
    {
      operation: 'ListProjects',
      token: call.input['nextToken'],
      size: undefined,
      sizeName: '',
      maxSize: 100,
      defaultSize: 100,
      badTokenCode: 'InvalidInputException',
      short: call.shortPages,
    },
  );
  return JSON.stringify({ projects: page.items, nextToken: page.nextToken });
}

function batchGetProjects(call: Call): string {
  const names = textList(call.input, 'names');
  if (names.length < 1 || names.length > maxNames) throw new ServiceError('InvalidInputException', `names takes 1 to ${maxNames} names.`);
  const byName = new Map(projectsOf(call).map((project) => [project.name, project]));
  const found = names.flatMap((name) => byName.get(name) ?? []);
  return JSON.stringify({
    projects: found.map((project) => describe(call, project)),
    projectsNotFound: names.filter((name) => !byName.has(name)),
  });
}

function describe({ account, region }: Call, { name, variables = [], tags }: BuildProjectFixture): Readonly<Record<string, unknown>> {
  return {
    name,
    arn: `arn:${account.partition}:codebuild:${region}:${account.id}:project/${name}`,
    source: { type: 'NO_SOURCE' },
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/standard:7.0',
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentVariables: variables.map((variable) => ({ ...variable, type: variable.type ?? 'PLAINTEXT' })),
    },
    tags: tagList(tags, 'key', 'value'),
  };
}

function projectsOf(call: Call): readonly BuildProjectFixture[] {
  return call.account.fixture.regions[call.region]?.buildProjects ?? [];
}
