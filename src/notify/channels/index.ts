import type { ChannelKind } from '../channel.ts';
import { eventbridge } from './eventbridge.ts';
import { slack } from './slack.ts';
import { sns } from './sns.ts';
import { webhook } from './webhook.ts';

/** The registry of kinds of channels; flags, help and variables of the environment follow from it. */
export const channelKinds: readonly ChannelKind[] = [webhook, slack, sns, eventbridge];
