import { resourceType, type AttributesOf } from './resource-type.ts';
import { secretEvents } from './secret-event.ts';
import { bool, list, oneOf, required, string } from './shape.ts';

export const eventsRule = resourceType({
  name: 'AWS::Events::Rule',
  doc: 'A rule of EventBridge on the default bus, where the events of AWS services arrive.',
  service: 'events',
  kind: 'rule',
  attributes: {
    enabled: required(bool, 'Whether it is switched on.'),
    secretEvents: required(
      list(oneOf(...secretEvents)),
      'Which of the events that matter for secrets its pattern matches, whatever the secret.',
    ),
    targets: required(list(string), 'ARNs of what it calls; without one, nothing happens.'),
  },
});

export type RuleAttributes = AttributesOf<typeof eventsRule>;
