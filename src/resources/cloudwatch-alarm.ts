import { resourceType, type AttributesOf } from './resource-type.ts';
import { secretEvents } from './secret-event.ts';
import { bool, list, oneOf, required, string } from './shape.ts';

export const cloudWatchAlarm = resourceType({
  name: 'AWS::CloudWatch::Alarm',
  doc: 'An alarm of CloudWatch on a metric.',
  service: 'cloudwatch',
  kind: 'alarm',
  attributes: {
    actionsEnabled: required(bool, 'Whether its actions are switched on.'),
    actions: required(list(string), 'ARNs of what it calls when it goes off.'),
    metrics: required(list(string), 'Names of the metrics that it watches.'),
    secretEvents: required(
      list(oneOf(...secretEvents)),
      'Which of the events that matter for secrets its metrics count, by their names: `RotationFailed`, `secret-deleted` and the like.',
    ),
  },
});

export type AlarmAttributes = AttributesOf<typeof cloudWatchAlarm>;
