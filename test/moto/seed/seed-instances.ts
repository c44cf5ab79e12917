import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeImagesCommand,
  ModifyLaunchTemplateCommand,
  RunInstancesCommand,
  TerminateInstancesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { RegionFixture } from '../../../src/endpoint/account-fixture.ts';
import { tagList } from './tag-list.ts';

/** Runs the instances and makes the templates. Returns the ids that moto chose, by those of the description. */
export async function seedInstances(client: EC2Client, region: RegionFixture): Promise<ReadonlyMap<string, string>> {
  const { instances = [], launchTemplates = [] } = region;
  const ids = new Map<string, string>();
  if (instances.length > 0) {
    const image = (await client.send(new DescribeImagesCommand({}))).Images?.[0]?.ImageId;
    for (const { id, state, userData, tags } of instances) {
      const { Instances } = await client.send(
        new RunInstancesCommand({
          ImageId: image,
          MinCount: 1,
          MaxCount: 1,
          UserData: base64(userData),
          TagSpecifications: tags === undefined ? undefined : [{ ResourceType: 'instance', Tags: tagList(tags) }],
        }),
      );
      const made = Instances?.[0]?.InstanceId ?? '';
      ids.set(id, made);
      if (state === 'terminated') await client.send(new TerminateInstancesCommand({ InstanceIds: [made] }));
    }
  }
  for (const { id, name, versions, defaultVersion, tags } of launchTemplates) {
    const [first, ...later] = versions;
    const { LaunchTemplate } = await client.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: name,
        LaunchTemplateData: dataOf(first),
        TagSpecifications: tags === undefined ? undefined : [{ ResourceType: 'launch-template', Tags: tagList(tags) }],
      }),
    );
    const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId ?? '';
    ids.set(id, LaunchTemplateId);
    for (const version of later) {
      await client.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateId, LaunchTemplateData: dataOf(version) }));
    }
    if (defaultVersion !== undefined && defaultVersion !== 1) {
      await client.send(new ModifyLaunchTemplateCommand({ LaunchTemplateId, DefaultVersion: String(defaultVersion) }));
    }
  }
  return ids;
}

function dataOf(userData: string | null | undefined): { InstanceType: 't3.micro'; UserData?: string } {
  const encoded = base64(userData ?? undefined);
  return { InstanceType: 't3.micro', ...(encoded === undefined ? {} : { UserData: encoded }) };
}

function base64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}
