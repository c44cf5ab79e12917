import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Maybe } from '../../model/unknown.ts';
import { eventsOfMetric } from '../../resources/alarm-metric.ts';
import { cloudWatchAlarm } from '../../resources/cloudwatch-alarm.ts';
import { secretEvents, type SecretEvent } from '../../resources/secret-event.ts';
import { expected, requireList, requireText } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { oncePerScope } from './collector.ts';
import { type Failure } from './failures.ts';
import { listFor } from './list-for.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'cloudwatch:DescribeAlarms';

/** A metric alarm. */
export interface ListedAlarm {
  readonly name: string;
  readonly arn: string;
  readonly actionsEnabled: Maybe<boolean>;
  /** ARNs. */
  readonly actions: readonly string[];
  /** Names. */
  readonly metrics: readonly string[];
  readonly events: readonly SecretEvent[];
  /** Those that its metrics may count, which their names do not tell for sure. */
  readonly possibleEvents: readonly SecretEvent[];
}

/** The alarms of a scope; shared by the collectors of alarms and of the account. */
export const listAlarms = oncePerScope(async (scope): Promise<{ readonly alarms: readonly ListedAlarm[]; readonly failure?: Failure }> => {
  const api = await scope.clients.cloudWatch();
  const { items, failure } = await listFor(scope, cloudWatchAlarm.name)(scope, list, async (token, signal) => {
    const page = await api.describeAlarms(token, signal);
    return { items: requireList(page.MetricAlarms, 'MetricAlarms').map(readAlarm), next: page.NextToken };
  });
  return { alarms: uniqueBy(items, ({ arn }) => arn), ...(failure === undefined ? {} : { failure }) };
});

function readAlarm(alarm: MetricAlarm): ListedAlarm {
  checkFields(alarm, { AlarmArn: 'arn', ActionsEnabled: 'flag', AlarmActions: 'texts', MetricName: 'text', Metrics: 'list' });
  const { MetricName, Metrics = [], AlarmActions = [] } = alarm;
  const statistics = checkEach(Metrics, { MetricStat: 'record' }).map(({ MetricStat }) => {
    checkFields(MetricStat, { Metric: 'record' });
    checkFields(MetricStat?.Metric, { MetricName: 'text' });
    return MetricStat?.Metric?.MetricName;
  });
  const metrics = [...new Set([MetricName, ...statistics].flatMap((name) => name || []))].sort();
  const counted = metrics.map(eventsOfMetric);
  const certain = counted.flatMap((one) => one.certain);
  const possible = counted.flatMap((one) => one.possible);
  return {
    name: requireText(alarm.AlarmName, 'AlarmName'),
    arn: requireText(alarm.AlarmArn, 'AlarmArn'),
    actionsEnabled: expected(alarm.ActionsEnabled, 'ActionsEnabled', list),
    actions: AlarmActions,
    metrics,
    events: secretEvents.filter((event) => certain.includes(event)),
    possibleEvents: secretEvents.filter((event) => possible.includes(event) && !certain.includes(event)),
  };
}
