import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type ListRulesResponse,
  type ListTargetsByRuleResponse,
} from '@aws-sdk/client-eventbridge';
import type { ClientConfig } from './client-config.ts';

/** Rules of the default bus, the one that AWS services send to. */
export interface EventBridgeApi {
  readonly listRules: (token: string | undefined, abortSignal: AbortSignal) => Promise<ListRulesResponse>;
  readonly listTargetsByRule: (rule: string, token: string | undefined, abortSignal: AbortSignal) => Promise<ListTargetsByRuleResponse>;
}

export function createEventBridgeApi(config: ClientConfig): EventBridgeApi {
  const client = new EventBridgeClient(config);
  return {
    listRules: (token, abortSignal) => client.send(new ListRulesCommand({ Limit: 100, NextToken: token }), { abortSignal }),
    listTargetsByRule: (rule, token, abortSignal) =>
      client.send(new ListTargetsByRuleCommand({ Rule: rule, Limit: 100, NextToken: token }), { abortSignal }),
  };
}
