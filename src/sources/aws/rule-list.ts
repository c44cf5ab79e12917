import type { Rule } from '@aws-sdk/client-eventbridge';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { patternCoverage, UnreadablePattern, type Coverage } from '../../resources/event-pattern.ts';
import { eventsRule } from '../../resources/events-rule.ts';
import { describeEvent, type SecretEvent } from '../../resources/secret-event.ts';
import { expectedWord, requireList, requireText } from './answer-fields.ts';
import { checkFields } from './check-fields.ts';
import { oncePerScope, type ScopeReader } from './collector.ts';
import { toUnknown, type Failure } from './failures.ts';
import { listFor } from './list-for.ts';
import { once } from './once.ts';
import { readPages } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const list = 'events:ListRules';

/** A rule of the default bus. */
export interface ListedRule {
  readonly name: string;
  readonly arn: string;
  readonly enabled: Maybe<boolean>;
  /** Which of the events of a name it matches. */
  readonly coverage: (event: SecretEvent) => Maybe<Coverage>;
  /** ARNs of its targets; asked for once, when somebody first wants to know. */
  readonly targets: () => Promise<Maybe<readonly string[]>>;
}

/** The rules of a scope; shared by the collectors of rules and of the account. */
export const listRules = oncePerScope(async (scope): Promise<{ readonly rules: readonly ListedRule[]; readonly failure?: Failure }> => {
  const api = await scope.clients.eventBridge();
  const { items, failure } = await listFor(scope, eventsRule.name)(scope, list, async (token, signal) => {
    const page = await api.listRules(token, signal);
    return { items: requireList(page.Rules, 'Rules').map(checkRule), next: page.NextToken };
  });
  const rules = uniqueBy(items, ({ Arn }) => Arn).map((rule) => listed(scope, rule));
  return { rules, ...(failure === undefined ? {} : { failure }) };
});

type Named = Rule & { readonly Name: string; readonly Arn: string };

function checkRule(rule: Rule): Named {
  checkFields(rule, { Arn: 'arn', State: 'text', EventPattern: 'text' });
  return { ...rule, Name: requireText(rule.Name, 'Name'), Arn: requireText(rule.Arn, 'Arn') };
}

const states = ['ENABLED', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 'DISABLED'] as const;

function listed(scope: ScopeReader, { Name, Arn, State, EventPattern }: Named): ListedRule {
  const state = expectedWord(State, states, 'State', list);
  return {
    name: Name,
    arn: Arn,
    enabled: state instanceof Unknown ? state : state !== 'DISABLED',
    coverage: (event) => coverageOf(EventPattern, event, scope),
    targets: once(() => readTargets(scope, Name)),
  };
}

/** A rule without a pattern runs by the clock. */
function coverageOf(pattern: string | undefined, event: SecretEvent, scope: ScopeReader): Maybe<Coverage> {
  if (!pattern) return 'none';
  try {
    return patternCoverage(pattern, describeEvent(event, scope));
  } catch (error) {
    if (error instanceof UnreadablePattern) {
      return new Unknown('malformed-response', `the answer to ${list} has an event pattern that could not be read`, list);
    }
    throw error;
  }
}

async function readTargets(scope: ScopeReader, rule: string): Promise<Maybe<readonly string[]>> {
  const api = await scope.clients.eventBridge();
  const { items, failure } = await readPages(scope, 'events:ListTargetsByRule', async (token, signal) => {
    const page = await api.listTargetsByRule(rule, token, signal);
    return { items: requireList(page.Targets, 'Targets').map(({ Arn }) => requireText(Arn, 'Arn')), next: page.NextToken };
  });
  return failure === undefined ? items : toUnknown(failure);
}
