import {
  DescribeInstanceAttributeCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  type DescribeInstancesResult,
  type DescribeLaunchTemplatesResult,
  type DescribeLaunchTemplateVersionsResult,
  type InstanceAttribute,
} from '@aws-sdk/client-ec2';
import type { ClientConfig } from './client-config.ts';

export interface Ec2Api {
  readonly describeInstances: (token: string | undefined, abortSignal: AbortSignal, pageSize?: number) => Promise<DescribeInstancesResult>;
  /** In base64. */
  readonly userDataOf: (instance: string, abortSignal: AbortSignal) => Promise<InstanceAttribute>;
  readonly describeLaunchTemplates: (
    token: string | undefined,
    abortSignal: AbortSignal,
    pageSize?: number,
  ) => Promise<DescribeLaunchTemplatesResult>;
  /** The default version and the newest one, with their user data in base64; one where they are the same. */
  readonly versionsInUse: (template: string, abortSignal: AbortSignal) => Promise<DescribeLaunchTemplateVersionsResult>;
}

export function createEc2Api(config: ClientConfig): Ec2Api {
  const client = new EC2Client(config);
  return {
    describeInstances: (token, abortSignal, pageSize = 1000) =>
      client.send(new DescribeInstancesCommand({ MaxResults: pageSize, NextToken: token }), { abortSignal }),
    userDataOf: (instance, abortSignal) =>
      client.send(new DescribeInstanceAttributeCommand({ InstanceId: instance, Attribute: 'userData' }), { abortSignal }),
    describeLaunchTemplates: (token, abortSignal, pageSize = 200) =>
      client.send(new DescribeLaunchTemplatesCommand({ MaxResults: pageSize, NextToken: token }), { abortSignal }),
    versionsInUse: (template, abortSignal) =>
      client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: template, Versions: ['$Default', '$Latest'] }), {
        abortSignal,
      }),
  };
}
