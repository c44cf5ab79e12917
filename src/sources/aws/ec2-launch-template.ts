import type { Resource } from '../../model/resource.ts';
import type { Maybe } from '../../model/unknown.ts';
import { ec2LaunchTemplate } from '../../resources/ec2-launch-template.ts';
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

const list = 'ec2:DescribeLaunchTemplates';
const versions = 'ec2:DescribeLaunchTemplateVersions';
const type = ec2LaunchTemplate.name;

const details = [{ operation: versions, provides: ['userData'] }] as const;

export const ec2LaunchTemplateCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectTemplates,
};

async function collectTemplates(scope: ScopeReader): Promise<readonly Resource[]> {
  const templates = await listTemplates(scope);
  const userData = await readUserData(scope, templates);
  const { partition, account, region } = scope;
  return templates.map((template) => {
    const { id, name, tags } = template;
    const attributes = { name, account, region, tags, userData: userData.get(template) };
    const address = `arn:${partition}:ec2:${region}:${account}:launch-template/${id}`;
    return { type, address, name, partition, account, region, attributes };
  });
}

interface ListedTemplate {
  readonly id: string;
  readonly name: string;
  readonly tags: ReturnType<typeof readTags>;
}

async function listTemplates(scope: ScopeReader): Promise<readonly ListedTemplate[]> {
  const api = await scope.clients.ec2();
  const { items } = await readListing(scope, list, async (token, signal) => {
    const page = await api.describeLaunchTemplates(token, signal);
    const templates = checkEach(requireList(page.LaunchTemplates, 'LaunchTemplates'), { Tags: 'list' }).map(
      ({ LaunchTemplateId, LaunchTemplateName, Tags }) => {
        const id = requireText(LaunchTemplateId, 'LaunchTemplateId');
        if (!id.startsWith('lt-')) throw new MalformedAnswer('no LaunchTemplateId');
        return { id, name: requireText(LaunchTemplateName, 'LaunchTemplateName'), tags: readTags(Tags, list) };
      },
    );
    return { items: templates, next: page.NextToken };
  });
  return uniqueBy(items, ({ id }) => id);
}

/** What the default version and the newest one hold: what is launched takes one of them. Undefined where neither has user data. */
async function readUserData(
  scope: ScopeReader,
  templates: readonly ListedTemplate[],
): Promise<{ readonly get: (template: ListedTemplate) => Maybe<UserData> | undefined }> {
  if (!wantsDetail({ type, details }, scope, versions)) return { get: () => notCollected(versions) };
  const api = await scope.clients.ec2();
  const classify = await loadClassifier();
  return await readEach(scope, versions, templates, async ({ id }): Promise<Maybe<UserData> | undefined> => {
    const answer = await scope.calls.make(versions, async (signal) => {
      const found = requireList((await api.versionsInUse(id, signal)).LaunchTemplateVersions, 'LaunchTemplateVersions');
      if (found.length === 0) throw new MalformedAnswer('no version of the launch template');
      const texts = found.map(({ LaunchTemplateId, LaunchTemplateData }) => {
        if (LaunchTemplateId !== id || !LaunchTemplateData) throw new MalformedAnswer('no LaunchTemplateData');
        checkFields(LaunchTemplateData, { UserData: 'text' });
        return LaunchTemplateData.UserData;
      });
      return await describeVersions(texts, classify);
    });
    return answer.ok ? answer.value : toUnknown(answer.failure);
  });
}
