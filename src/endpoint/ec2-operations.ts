import { requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';
import { ServiceError } from './service-error.ts';
import type { InstanceFixture, LaunchTemplateFixture } from './workload-fixture.ts';
import { element, textElement } from './xml.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html: those that tell what instances are started with. */
export const ec2Operations: Operations = {
  DescribeInstances: { answer: describeInstances, paging: { token: 'nextToken' } },
  DescribeInstanceAttribute: { answer: describeInstanceAttribute },
  DescribeLaunchTemplates: { answer: describeLaunchTemplates, paging: { token: 'nextToken' } },
  DescribeLaunchTemplateVersions: { answer: describeLaunchTemplateVersions },
};

function describeInstances(call: Call): string {
  const { instances = [] } = call.account.fixture.regions[call.region] ?? {};
  return pageXml(call, 'DescribeInstances', 'reservationSet', 1000, instances, (instance) =>
    listXml('instancesSet', [
      [
        textElement('instanceId', instance.id),
        element('instanceState', textElement('name', instance.state ?? 'running')),
        tagsXml(instance.tags),
      ].join(''),
    ]),
  );
}

function describeInstanceAttribute(call: Call): string {
  const id = requiredText(call.input, 'InstanceId');
  const attribute = requiredText(call.input, 'Attribute');
  if (attribute !== 'userData') throw new ServiceError('InvalidParameterValue', `The embedded endpoint does not serve ${attribute}.`);
  const { instances = [] } = call.account.fixture.regions[call.region] ?? {};
  const found: InstanceFixture | undefined = instances.find((instance) => instance.id === id);
  if (found === undefined) throw new ServiceError('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`);
  return textElement('instanceId', id) + element('userData', textElement('value', base64(found.userData)));
}

function describeLaunchTemplates(call: Call): string {
  return pageXml(call, 'DescribeLaunchTemplates', 'launchTemplates', 200, templatesOf(call), (template) =>
    [
      textElement('launchTemplateId', template.id),
      textElement('launchTemplateName', template.name),
      textElement('defaultVersionNumber', template.defaultVersion ?? 1),
      textElement('latestVersionNumber', template.versions.length),
      tagsXml(template.tags),
    ].join(''),
  );
}

/** Takes `$Default` and `$Latest`, and answers one version where they are the same. */
function describeLaunchTemplateVersions(call: Call): string {
  const id = requiredText(call.input, 'LaunchTemplateId');
  const found = templatesOf(call).find((template) => template.id === id);
  if (found === undefined) throw new ServiceError('InvalidLaunchTemplateId.NotFound', 'The specified launch template does not exist.');
  const numbers = new Set([found.defaultVersion ?? 1, found.versions.length]);
  return listXml(
    'launchTemplateVersionSet',
    [...numbers].map((number) =>
      [
        textElement('launchTemplateId', id),
        textElement('versionNumber', number),
        element('launchTemplateData', textElement('userData', base64(found.versions[number - 1] ?? undefined))),
      ].join(''),
    ),
  );
}

function templatesOf(call: Call): readonly LaunchTemplateFixture[] {
  return call.account.fixture.regions[call.region]?.launchTemplates ?? [];
}

function pageXml<Fixture>(
  call: Call,
  operation: string,
  list: string,
  maxSize: number,
  all: readonly Fixture[],
  toXml: (fixture: Fixture) => string,
): string {
  const page = pageOf(all, {
    operation,
    token: call.input['NextToken'],
    size: call.input['MaxResults'],
    sizeName: 'MaxResults',
    maxSize,
    defaultSize: maxSize,
    badTokenCode: 'InvalidNextToken',
    short: call.shortPages,
  });
  return listXml(list, page.items.map(toXml)) + textElement('nextToken', page.nextToken);
}

function listXml(name: string, items: readonly string[]): string {
  return element(name, items.map((item) => element('item', item)).join(''));
}

function tagsXml(tags: Readonly<Record<string, string>> | undefined): string {
  return listXml(
    'tagSet',
    Object.entries(tags ?? {}).map(([key, value]) => textElement('key', key) + textElement('value', value)),
  );
}

function base64(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}
