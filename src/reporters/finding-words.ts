import type { Finding, FindingResource, PlanEffect, UnknownFact } from '../model/finding.ts';
import type { WaiverNote } from '../model/waiver.ts';
import { timeRemarks } from './finding-times.ts';
import { isVerified, type JudgedFinding } from './open-findings.ts';
import { stateTexts } from './state-texts.ts';
import { shortTypeName } from './type-name.ts';

/** Of a live resource, not of infrastructure code. */
function isLive({ scope }: Finding): boolean {
  return scope.startsWith('aws/');
}

/** What the finding is about: the name of a live resource or the address in code, and the item where the policy judges items. */
export function subjectOf(finding: Finding): string {
  const { resource, itemKey } = finding;
  const name = isLive(finding) ? resource.name : resource.address;
  return itemKey === undefined ? name : `${name} (${itemKey})`;
}

/** One sentence that stays the same while the finding does: no ages and counters, which the message of a finding may hold. */
export function stableSentence(finding: JudgedFinding, title: string): string {
  return `${isVerified(finding) ? '' : 'Could not verify: '}${title.replace(/\.$/, '')}: ${subjectOf(finding)}`;
}

/** The message where the name stands beside it: messages of policies mostly begin with it. */
export function withoutName(message: string, { name, address }: Pick<FindingResource, 'name' | 'address'>): string {
  const named = [name, address].find((text) => text !== '' && message.startsWith(`${text} `));
  return named === undefined ? message : message.slice(named.length + 1);
}

/** Where to look: the line of code, else the account and region; empty where neither is known. */
export function placeOf({ location, resource }: Finding): string {
  if (location !== undefined) return `${location.file}:${location.startLine}`;
  return [resource.account, resource.region].filter((part) => part !== undefined).join(' ');
}

/** The subject with what tells it from others of the name: `prod/db, secret in aws/123456789012/us-east-1`. */
export function longName(finding: Finding): string {
  return `${subjectOf(finding)}, ${shortTypeName(finding.resource.type)} in ${finding.scope}`;
}

/** What else to know of a finding: how it compares, how long it is open, what a plan does about it, a waiver that has run out. */
export function remarksOf(finding: Finding, asOf: string): readonly string[] {
  const { state, lastSeen, plan, resource, expiredWaiver } = finding;
  return [
    ...(state === undefined ? [] : [lastSeen === undefined ? stateTexts[state] : `${stateTexts[state]}, on ${lastSeen.slice(0, 10)}`]),
    ...timeRemarks(finding, asOf),
    ...(plan === undefined ? [] : [planTexts[plan]]),
    ...(resource.change === 'none' ? ['unchanged by the plan'] : []),
    ...(expiredWaiver === undefined ? [] : [`waiver ${expiredWaiver.id} expired on ${expiredWaiver.expires}`]),
  ];
}

export const planTexts: { readonly [effect in PlanEffect]: string } = {
  fixed: 'this plan fixes it',
  left: 'this plan leaves it',
  undecided: 'not decided before apply',
};

/** What is not known and why: `statements: access denied (secretsmanager:GetResourcePolicy)`. */
export function unknownText({ path, reason, detail, action }: UnknownFact): string {
  const why = action === undefined ? detail : `${reason.replaceAll('-', ' ')} (${action})`;
  return path === '' ? why : `${path}: ${why}`;
}

/** `waiver legacy-batch of team-payments until 2027-03-31, SEC-118: the reason`. */
export function waiverText({ id, owner, expires, ticket, reason }: WaiverNote): string {
  return `waiver ${id} of ${owner} until ${expires}${ticket === undefined ? '' : `, ${ticket}`}: ${reason}`;
}
