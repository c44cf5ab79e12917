import type { Resource } from '../../model/resource.ts';
import type { Maybe } from '../../model/unknown.ts';
import { ec2Instance } from '../../resources/ec2-instance.ts';
import type { UserData } from '../../resources/user-data.ts';
import { readTags, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { MalformedAnswer, toUnknown } from './failures.ts';
import { loadClassifier } from './live-environment.ts';
import { describeVersions } from './live-user-data.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'ec2:DescribeInstances';
const attribute = 'ec2:DescribeInstanceAttribute';
const type = ec2Instance.name;

const details = [{ operation: attribute, provides: ['userData'] }] as const;

export const ec2InstanceCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectInstances,
};

/** EC2 lists an instance for about an hour after its end. */
const ended: ReadonlySet<string> = new Set(['shutting-down', 'terminated']);

async function collectInstances(scope: ScopeReader): Promise<readonly Resource[]> {
  const instances = await listInstances(scope);
  const userData = await readUserData(scope, instances);
  const { partition, account, region } = scope;
  return instances.map((instance) => {
    const { id, tags } = instance;
    const attributes = { name: id, account, region, tags, userData: userData.get(instance) };
    return { type, address: `arn:${partition}:ec2:${region}:${account}:instance/${id}`, name: id, partition, account, region, attributes };
  });
}

interface ListedInstance {
  readonly id: string;
  readonly tags: ReturnType<typeof readTags>;
}

async function listInstances(scope: ScopeReader): Promise<readonly ListedInstance[]> {
  const api = await scope.clients.ec2();
  const { items } = await readListing(scope, list, async (token, signal) => {
    const page = await api.describeInstances(token, signal);
    const found = checkEach(requireList(page.Reservations, 'Reservations'), { Instances: 'list' }).flatMap((reservation) =>
      checkEach(requireList(reservation.Instances, 'Instances'), { InstanceId: 'text', Tags: 'list', State: 'record' }),
    );
    const instances = found.map(({ InstanceId, State, Tags }) => ({
      id: requireMatchingId(InstanceId),
      state: requireText(State?.Name, 'State'),
      tags: readTags(Tags, list),
    }));
    return { items: instances.filter(({ state }) => !ended.has(state)), next: page.NextToken };
  });
  return uniqueBy(items, ({ id }) => id);
}

function requireMatchingId(id: string | undefined): string {
  if (typeof id !== 'string' || !/^i-[0-9a-f]+$/.test(id)) throw new MalformedAnswer('no InstanceId');
  return id;
}

/** By instance; undefined for one without user data. */
async function readUserData(
  scope: ScopeReader,
  instances: readonly ListedInstance[],
): Promise<{ readonly get: (instance: ListedInstance) => Maybe<UserData> | undefined }> {
  if (!wantsDetail({ type, details }, scope, attribute)) return { get: () => notCollected(attribute) };
  const api = await scope.clients.ec2();
  const classify = await loadClassifier();
  return await readEach(scope, attribute, instances, async ({ id }): Promise<Maybe<UserData> | undefined> => {
    const answer = await scope.calls.make(attribute, async (signal) => {
      const { InstanceId, UserData: found } = await api.userDataOf(id, signal);
      if (InstanceId !== id) throw new MalformedAnswer('no InstanceId');
      checkFields(found, { Value: 'text' });
      return await describeVersions([found?.Value], classify);
    });
    return answer.ok ? answer.value : toUnknown(answer.failure);
  });
}
