import { refuseFields } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
export const cloudWatchOperations: Operations = {
  DescribeAlarms: { answer: describeAlarms, paging: { token: 'NextToken' } },
};

function describeAlarms(call: Call): string {
  refuseFields(call.input, ['AlarmNames', 'AlarmNamePrefix', 'AlarmTypes', 'StateValue', 'ActionPrefix']);
  const { account, region } = call;
  const page = pageOf(account.fixture.regions[region]?.alarms ?? [], {
    operation: 'DescribeAlarms',
    token: call.input['NextToken'],
    size: call.input['MaxRecords'],
    sizeName: 'MaxRecords',
    maxSize: 100,
    defaultSize: 50,
    badTokenCode: 'InvalidNextToken',
    short: call.shortPages,
  });
  return JSON.stringify({
    MetricAlarms: page.items.map(({ name, metric, actionsEnabled = true, actions = [] }) => ({
      AlarmName: name,
      AlarmArn: `arn:${account.partition}:cloudwatch:${region}:${account.id}:alarm:${name}`,
      ActionsEnabled: actionsEnabled,
      AlarmActions: actions,
      MetricName: metric,
      Namespace: 'Security',
      StateValue: 'OK',
    })),
    CompositeAlarms: [],
    NextToken: page.nextToken,
  });
}
