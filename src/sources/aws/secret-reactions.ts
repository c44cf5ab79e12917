import { Unknown, type Maybe } from '../../model/unknown.ts';
import type { Account, IdleReactor, Reaction } from '../../resources/account.ts';
import { recordsSecretCalls } from '../../resources/event-selector.ts';
import { secretEvents, type SecretEvent } from '../../resources/secret-event.ts';
import { allOf, anyOf } from '../../resources/three-valued.ts';
import { listAlarms, type ListedAlarm } from './alarm-list.ts';
import type { ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { toUnknown, type Failure } from './failures.ts';
import { listRules, type ListedRule } from './rule-list.ts';
import { listTrails, type ListedTrail } from './trail-list.ts';

type Reactions = Exclude<Account['reactions'], Unknown>;

const kinds: { readonly [K in keyof Reactions]: readonly SecretEvent[] } = {
  rotationFailure: ['RotationFailed'],
  secretDeletion: ['DeleteSecret'],
  policyChange: ['PutResourcePolicy', 'DeleteResourcePolicy'],
};

/** What a rule or alarm does about an event: reacts, was never meant to, or was meant to and does not. */
type Response = Maybe<'reacts' | 'not meant to' | Exclude<IdleReactor['why'], Unknown>>;

interface Reactor {
  readonly kind: 'rule' | 'alarm';
  readonly name: string;
  readonly responses: ReadonlyMap<SecretEvent, Response>;
}

/** What reacts in a region to the events of its secrets. */
export async function readReactions(scope: ScopeReader): Promise<Reactions> {
  const [rules, alarms, trails] = await Promise.all([listRules(scope), listAlarms(scope), listTrails(scope)]);
  const heard = await hearsOfChanges(scope, trails);
  const reactors: readonly Reactor[] = [
    ...(await mapLimited(rules.rules, scope.concurrency, (rule) => ruleReactor(rule, heard))),
    ...alarms.alarms.map((alarm) => alarmReactor(alarm, heard)),
  ];
  const open = [
    ...[rules.failure, alarms.failure, trails.failure].flatMap((failure) => (failure === undefined ? [] : toUnknown(failure))),
    ...(await alarmsElsewhere(scope, trails)),
  ];
  const reaction = (events: readonly SecretEvent[]): Reaction => summarise(reactors, open, events);
  return {
    rotationFailure: reaction(kinds.rotationFailure),
    secretDeletion: reaction(kinds.secretDeletion),
    policyChange: reaction(kinds.policyChange),
  };
}

function summarise(reactors: readonly Reactor[], open: readonly Unknown[], events: readonly SecretEvent[]): Reaction {
  const responsesOf = ({ responses }: Reactor): readonly Response[] => events.map((event) => responses.get(event) ?? 'not meant to');
  const noticed = events.map((event) => anyOf(...reactors.map(({ responses }) => reacts(responses.get(event))), ...open));
  return {
    noticed: allOf(...noticed),
    by: [...reactors.flatMap((reactor) => nameOf(reactor, responsesOf(reactor))), ...open],
    idle: [...reactors.flatMap((reactor) => idleOf(reactor, responsesOf(reactor))), ...open],
  };
}

function reacts(response: Response | undefined): Maybe<boolean> {
  return response instanceof Unknown ? response : response === 'reacts';
}

function nameOf({ name }: Reactor, responses: readonly Response[]): readonly Maybe<string>[] {
  if (responses.includes('reacts')) return [name];
  return responses.filter((response) => response instanceof Unknown).slice(0, 1);
}

function idleOf({ kind, name }: Reactor, responses: readonly Response[]): readonly Maybe<IdleReactor>[] {
  const why = responses.find(isIdle);
  if (why !== undefined) return [{ kind, name, why }];
  return responses.filter((response) => response instanceof Unknown).slice(0, 1);
}

function isIdle(response: Response): response is Exclude<IdleReactor['why'], Unknown> {
  return !(response instanceof Unknown) && response !== 'reacts' && response !== 'not meant to';
}

async function ruleReactor(rule: ListedRule, heard: Maybe<boolean>): Promise<Reactor> {
  const responses = new Map<SecretEvent, Response>();
  for (const event of secretEvents) responses.set(event, await ruleResponse(rule, event, heard));
  return { kind: 'rule', name: rule.name, responses };
}

async function ruleResponse(rule: ListedRule, event: SecretEvent, heard: Maybe<boolean>): Promise<Response> {
  const coverage = rule.coverage(event);
  if (coverage === 'none') return 'not meant to';
  if (rule.enabled === false) return 'switched off';
  if (coverage === 'some') return 'some events only';
  if (coverage instanceof Unknown) return coverage;
  const targets = await rule.targets();
  if (!(targets instanceof Unknown) && targets.length === 0) return 'no target';
  if (heard === false) return 'no trail';
  for (const value of [rule.enabled, targets, heard]) if (value instanceof Unknown) return value;
  return 'reacts';
}

function alarmReactor(alarm: ListedAlarm, heard: Maybe<boolean>): Reactor {
  const { name, events, possibleEvents } = alarm;
  return {
    kind: 'alarm',
    name,
    responses: new Map<SecretEvent, Response>([
      ...possibleEvents.map((event) => [event, uncertainMetric(name, event)] as const),
      ...events.map((event) => [event, alarmResponse(alarm, event, heard)] as const),
    ]),
  };
}

function alarmResponse({ actionsEnabled, actions }: ListedAlarm, event: SecretEvent, heard: Maybe<boolean>): Response {
  if (actionsEnabled === false) return 'switched off';
  if (actions.length === 0) return 'no target';
  // A rotation function may count its failures itself; of calls of the API only the logs of a trail tell.
  const counts = event === 'RotationFailed' ? true : heard;
  if (counts === false) return 'no trail';
  for (const value of [actionsEnabled, counts]) if (value instanceof Unknown) return value;
  return 'reacts';
}

/** An alarm whose metric may count an event: nothing but its name says what it counts. */
export function uncertainMetric(name: string, event: SecretEvent): Unknown {
  return new Unknown(
    'not-collected',
    `whether the metric of the alarm ${name} counts ${event} is not told by its name`,
    'cloudwatch:DescribeAlarms',
  );
}

interface Trails {
  readonly trails: readonly ListedTrail[];
  readonly failure?: Failure;
}

/**
 * Whether EventBridge hears of what CloudTrail sees: only while a trail that is on records it
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html).
 */
async function hearsOfChanges(scope: ScopeReader, { trails, failure }: Trails): Promise<Maybe<boolean>> {
  const each = await mapLimited(trails, scope.concurrency, async (trail) => {
    const [{ logging }, selectors] = await Promise.all([trail.status(), trail.selectors()]);
    return allOf(logging, selectors instanceof Unknown ? selectors : recordsSecretCalls('writes', selectors));
  });
  return anyOf(...each, ...(failure === undefined ? [] : [toUnknown(failure)]));
}

/** A trail may deliver to CloudWatch in another region or account, where an alarm on its logs would not be seen from here. */
async function alarmsElsewhere(scope: ScopeReader, { trails }: Trails): Promise<readonly Unknown[]> {
  const found = await mapLimited(trails, scope.concurrency, async ({ name, logGroup, status }) => {
    const [, , , region, account] = logGroup?.split(':') ?? [];
    if (region === undefined || (region === scope.region && account === scope.account)) return [];
    if ((await status()).logging === false) return [];
    return new Unknown(
      'not-collected',
      `the trail ${name} delivers to CloudWatch Logs in ${region} of account ${account}, where an alarm may watch`,
    );
  });
  return found.flat();
}
