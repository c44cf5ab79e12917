import type { Resource } from '../../model/resource.ts';
import { cloudWatchAlarm, type AlarmAttributes } from '../../resources/cloudwatch-alarm.ts';
import { listAlarms } from './alarm-list.ts';
import { uncertainMetric } from './secret-reactions.ts';
import type { Collector, ScopeReader } from './collector.ts';

const list = 'cloudwatch:DescribeAlarms';
const type = cloudWatchAlarm.name;

export const cloudWatchAlarmCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details: [],
  collect: collectAlarms,
};

async function collectAlarms(scope: ScopeReader): Promise<readonly Resource[]> {
  const { partition, account, region } = scope;
  const { alarms } = await listAlarms(scope);
  return alarms.map(({ name, arn, actionsEnabled, actions, metrics, events, possibleEvents }) => {
    const attributes: AlarmAttributes = {
      name,
      account,
      region,
      actionsEnabled,
      actions,
      metrics,
      secretEvents: [...events, ...possibleEvents.map((event) => uncertainMetric(name, event))],
    };
    return { type, address: arn, name, partition, account, region, attributes };
  });
}
