import type { ContainerDefinition, DescribeTaskDefinitionResponse } from '@aws-sdk/client-ecs';
import type { Resource } from '../../model/resource.ts';
import type { Unknown } from '../../model/unknown.ts';
import { ecsTaskDefinition } from '../../resources/ecs-task-definition.ts';
import type { AttributesOf } from '../../resources/resource-type.ts';
import { readTags, requireList, requireMatch, requireText } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { toUnknown } from './failures.ts';
import { environmentReader, type FoundVariable, type Stored } from './live-environment.ts';
import { touches } from './needs.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'ecs:ListTaskDefinitionFamilies';
const describe = 'ecs:DescribeTaskDefinition';
const type = ecsTaskDefinition.name;

const details = [{ operation: describe, provides: ['environment', 'tags'] }] as const;

export const ecsTaskDefinitionCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectTaskDefinitions,
};

/** What the newest active revision of a family says, without the text of its variables. */
type Revision = Pick<AttributesOf<typeof ecsTaskDefinition>, 'environment' | 'tags'>;

/** One resource a family: older revisions run nothing new, and say nothing of what is there now. */
async function collectTaskDefinitions(scope: ScopeReader): Promise<readonly Resource[]> {
  const families = await listFamilies(scope);
  const revisions = await readRevisions(scope, families);
  const { partition, account, region } = scope;
  return families.map((family) => {
    const { environment, tags } = revisions.get(family) ?? unread(notCollected(describe));
    // Without the number of a revision, for which ECS takes the newest active one: it is the same with every release, and unread too.
    const address = `arn:${partition}:ecs:${region}:${account}:task-definition/${family}`;
    return { type, address, name: family, partition, account, region, attributes: { name: family, account, region, tags, environment } };
  });
}

async function listFamilies(scope: ScopeReader): Promise<readonly string[]> {
  const api = await scope.clients.ecs();
  const { items } = await readListing(scope, list, async (token, signal) => {
    const page = await api.listFamilies(token, signal);
    return { items: requireList(page.families, 'families').map((family) => requireText(family, 'family')), next: page.nextToken };
  });
  return uniqueBy(items, (family) => family);
}

async function readRevisions(scope: ScopeReader, families: readonly string[]): Promise<ReadonlyMap<string, Revision>> {
  if (!wantsDetail({ type, details }, scope, describe)) return new Map();
  const api = await scope.clients.ecs();
  const describeEnvironment = await environmentReader(scope, type, describe);
  const wantsTags = touches(scope.needs.get(type), 'tags');
  return await readEach(scope, describe, families, async (family): Promise<Revision> => {
    const answer = await scope.calls.make(describe, async (signal) => {
      const { taskDefinition, tags } = await api.describeTaskDefinition(family, { tags: wantsTags }, signal);
      requireMatch(taskDefinition?.taskDefinitionArn, /^arn:/, 'taskDefinitionArn');
      return {
        environment: await describeEnvironment(variablesOf(taskDefinition?.containerDefinitions)),
        tags: wantsTags ? tagsOf(tags) : notCollected(describe),
      };
    });
    return answer.ok ? answer.value : unread(toUnknown(answer.failure));
  });
}

function unread(why: Unknown): Revision {
  return { environment: why, tags: why };
}

function variablesOf(containers: readonly ContainerDefinition[] | undefined): readonly FoundVariable[] {
  return checkEach(requireList(containers, 'containerDefinitions'), { name: 'text', environment: 'list', secrets: 'list' }).flatMap(
    (entry): readonly FoundVariable[] => {
      const container = requireText(entry.name, 'name of a container');
      const plain = checkEach(entry.environment ?? [], { name: 'text', value: 'text' });
      const stored = checkEach(entry.secrets ?? [], { name: 'text', valueFrom: 'text' });
      return [
        ...plain.map(({ name, value }) => ({ name, container, value: { text: value ?? '' } })),
        ...stored.map(({ name, valueFrom }) => ({ name, container, value: storedAt(valueFrom) })),
      ];
    },
  );
}

/** A parameter is named by its name or ARN, a secret by its ARN. */
function storedAt(valueFrom: string | undefined): Stored {
  const reference = requireText(valueFrom, 'valueFrom of a secret');
  return { store: /^arn:[^:]*:secretsmanager:/.test(reference) ? 'secretsmanager' : 'ssm', reference };
}

function tagsOf(tags: DescribeTaskDefinitionResponse['tags']): Revision['tags'] {
  const entries = checkEach(tags ?? [], { key: 'text', value: 'text' });
  return readTags(
    entries.map(({ key, value }) => ({ Key: key, Value: value })),
    describe,
  );
}
