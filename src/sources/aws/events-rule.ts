import type { Resource } from '../../model/resource.ts';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { eventsRule, type RuleAttributes } from '../../resources/events-rule.ts';
import { secretEvents, type SecretEvent } from '../../resources/secret-event.ts';
import { notCollected, wantsDetail, type Collector, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { listRules, type ListedRule } from './rule-list.ts';

const list = 'events:ListRules';
const targets = 'events:ListTargetsByRule';
const type = eventsRule.name;
const details = [{ operation: targets, provides: ['targets'] }] as const;

export const eventsRuleCollector: Collector = {
  type,
  place: 'region',
  base: [{ operation: list }],
  source: list,
  details,
  collect: collectRules,
};

async function collectRules(scope: ScopeReader): Promise<readonly Resource[]> {
  const { partition, account, region } = scope;
  const { rules } = await listRules(scope);
  const wanted = wantsDetail({ type, details }, scope, targets);
  const read = await readEach(scope, targets, wanted ? rules : [], (rule) => rule.targets());
  return rules.map((rule) => {
    const attributes: RuleAttributes = {
      name: rule.name,
      account,
      region,
      enabled: rule.enabled,
      secretEvents: eventsOf(rule),
      targets: read.get(rule) ?? notCollected(targets),
    };
    return { type, address: rule.arn, name: rule.name, partition, account, region, attributes };
  });
}

function eventsOf(rule: ListedRule): Maybe<readonly SecretEvent[]> {
  const found: SecretEvent[] = [];
  for (const event of secretEvents) {
    const coverage = rule.coverage(event);
    if (coverage instanceof Unknown) return coverage;
    if (coverage === 'all') found.push(event);
  }
  return found;
}
