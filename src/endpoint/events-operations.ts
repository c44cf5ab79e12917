import { refuseFields, requiredText } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf, type Page } from './pagination.ts';
import { ServiceError } from './service-error.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Operations.html: those that read the rules of the default bus. */
export const eventsOperations: Operations = {
  ListRules: { answer: listRules, paging: { token: 'NextToken' } },
  ListTargetsByRule: { answer: listTargetsByRule, paging: { token: 'NextToken' } },
};

function listRules(call: Call): string {
  refuseFields(call.input, ['NamePrefix', 'EventBusName']);
  const { account, region } = call;
  const { items, nextToken } = page(call, 'ListRules', account.fixture.regions[region]?.rules ?? []);
  return JSON.stringify({
    Rules: items.map(({ name, state = 'ENABLED', pattern }) => ({
      Name: name,
      Arn: `arn:${account.partition}:events:${region}:${account.id}:rule/${name}`,
      EventBusName: 'default',
      State: state,
      ...(pattern === undefined ? { ScheduleExpression: 'rate(1 day)' } : { EventPattern: JSON.stringify(pattern) }),
    })),
    NextToken: nextToken,
  });
}

function listTargetsByRule(call: Call): string {
  refuseFields(call.input, ['EventBusName']);
  const name = requiredText(call.input, 'Rule');
  const rule = call.account.fixture.regions[call.region]?.rules?.find((one) => one.name === name);
  if (rule === undefined) throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus default.`);
  const { items, nextToken } = page(call, 'ListTargetsByRule', rule.targets ?? []);
  return JSON.stringify({ Targets: items.map((Arn, index) => ({ Id: `target-${index}`, Arn })), NextToken: nextToken });
}

function page<T>(call: Call, operation: string, all: readonly T[]): Page<T> {
  return pageOf(all, {
    operation,
    token: call.input['NextToken'],
    size: call.input['Limit'],
    sizeName: 'Limit',
    maxSize: 100,
    defaultSize: 100,
    badTokenCode: 'ValidationException',
    short: call.shortPages,
  });
}
