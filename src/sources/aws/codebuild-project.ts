import type { EnvironmentVariable as ProjectVariable, Project } from '@aws-sdk/client-codebuild';
import type { Resource } from '../../model/resource.ts';
import { Unknown } from '../../model/unknown.ts';
import { codeBuildProject } from '../../resources/codebuild-project.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { MalformedAnswer, toUnknown } from './failures.ts';
import { environmentReader, type DescribeEnvironment, type FoundVariable } from './live-environment.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'codebuild:ListProjects';
const get = 'codebuild:BatchGetProjects';
const batchSize = 100;
const type = codeBuildProject.name;

const details = [{ operation: get, provides: ['environment', 'tags'] }] as const;

export const codeBuildProjectCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectProjects,
};

/** What a project says, without the text of its variables. */
type ReadProject = Pick<AttributesOf<typeof codeBuildProject>, 'environment' | 'tags'>;

async function collectProjects(scope: ScopeReader): Promise<readonly Resource[]> {
  const names = await listProjects(scope);
  const projects = await readProjects(scope, names);
  const { partition, account, region } = scope;
  return names.map((name) => {
    const { environment, tags } = projects.get(name) ?? unread(notCollected(get));
    const address = `arn:${partition}:codebuild:${region}:${account}:project/${name}`;
    return { type, address, name, partition, account, region, attributes: { name, account, region, tags, environment } };
  });
}

async function listProjects(scope: ScopeReader): Promise<readonly string[]> {
  const api = await scope.clients.codeBuild();
  const { items } = await readListing(scope, list, async (token, signal) => {
    const page = await api.listProjects(token, signal);
    return { items: requireList(page.projects, 'projects').map((name) => requireText(name, 'project')), next: page.nextToken };
  });
  return uniqueBy(items, (name) => name);
}

async function readProjects(scope: ScopeReader, names: readonly string[]): Promise<ReadonlyMap<string, ReadProject>> {
  if (!wantsDetail({ type, details }, scope, get)) return new Map();
  const batches: (readonly string[])[] = [];
  for (let start = 0; start < names.length; start += batchSize) batches.push(names.slice(start, start + batchSize));
  const describe = await environmentReader(scope, type, get);
  const read = await readEach(scope, get, batches, (batch) => readBatch(scope, batch, describe));
  return new Map([...read.values()].flat());
}

async function readBatch(
  scope: ScopeReader,
  names: readonly string[],
  describe: DescribeEnvironment,
): Promise<readonly (readonly [string, ReadProject])[]> {
  const api = await scope.clients.codeBuild();
  const answer = await scope.calls.make(get, async (signal) => {
    const { projects } = await api.getProjects(names, signal);
    const found = new Map<string, ReadProject>();
    for (const project of checkEach(requireList(projects, 'projects'), { name: 'text', tags: 'list', environment: 'record' })) {
      found.set(requireText(project.name, 'name of a project'), await readProject(project, describe));
    }
    return found;
  });
  return names.map((name) => {
    if (!answer.ok) return [name, unread(toUnknown(answer.failure))];
    return [name, answer.value.get(name) ?? unread(new Unknown('request-failed', `${get} does not find the project: it is gone`, get))];
  });
}

async function readProject({ environment, tags }: Project, describe: DescribeEnvironment): Promise<ReadProject> {
  if (!environment) throw new MalformedAnswer('no environment of a project');
  checkFields(environment, { environmentVariables: 'list' });
  const variables = checkEach(environment.environmentVariables ?? [], { name: 'text', value: 'text', type: 'text' });
  const pairs = checkEach(tags ?? [], { key: 'text', value: 'text' }).map(({ key, value }) => ({ Key: key, Value: value }));
  return { environment: await describe(variables.map(foundVariable)), tags: readTags(pairs, get) };
}

/** A variable without a type is one in plain text. */
function foundVariable({ name, value, type: kind }: ProjectVariable): FoundVariable {
  switch (kind) {
    case undefined:
    case 'PLAINTEXT':
      return { name, value: { text: value } };
    case 'PARAMETER_STORE':
      return { name, value: { store: 'ssm', reference: value } };
    case 'SECRETS_MANAGER':
      return { name, value: { store: 'secretsmanager', reference: value } };
    default:
      return { name, value: new Unknown('malformed-response', `the answer to ${get} has a type of variable that AWS does not know`, get) };
  }
}

function unread(why: Unknown): ReadProject {
  return { environment: why, tags: why };
}
