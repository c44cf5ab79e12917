import { unknownPlace, type Place } from '../../iac/place.ts';
import type { Maybe } from '../../model/unknown.ts';
import { planned, type Block } from './block.ts';
import { own, textOf } from './json.ts';
import type { PlanIndex } from './plan-index.ts';

/** What the user says of the target, for a plan that does not. */
export interface PlaceOptions {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
}

/** Arguments that decide whose credentials a provider uses, and so which account it writes to. */
const identity = [
  'access_key',
  'secret_key',
  'profile',
  'assume_role',
  'assume_role_with_web_identity',
  'shared_credentials_files',
  'shared_config_files',
  'allowed_account_ids',
];

/**
 * Where each block goes. The region is that of its provider, or its own (provider 6); the account is what
 * `aws_caller_identity` said through that provider, or through one with the same credentials, else that of the ARNs that
 * the provider's blocks have already.
 */
export function readPlaces(index: PlanIndex, options: PlaceOptions): (block: Block) => Place {
  const accounts = knownAccounts(index);
  const made = new Map<string, Place>();
  return (block) => {
    const key = textOf(own(block.config, 'provider_config_key')) ?? '';
    const regionOfOwn = planned(block, ['region']);
    const ownRegion = block.type.startsWith('aws_') && regionOfOwn.kind === 'known' ? textOf(regionOfOwn.value) : undefined;
    const memo = `${key}\n${ownRegion ?? ''}`;
    const place = made.get(memo) ?? makePlace(index, key, ownRegion, accounts, options);
    made.set(memo, place);
    return place;
  };
}

function makePlace(
  index: PlanIndex,
  key: string,
  ownRegion: string | undefined,
  accounts: ReadonlyMap<string, string>,
  options: PlaceOptions,
): Place {
  const config = providerConfig(index, key);
  const region = ownRegion ?? providerText(index, config, 'region') ?? options.region;
  const account = accounts.get(key) ?? accounts.get(credentialsOf(config)) ?? options.account;
  const what = key === '' ? 'the provider' : `the provider ${key}`;
  return {
    partition: options.partition ?? partitionOf(region),
    account: account ?? unknownPlace('account', `the plan does not say which account ${what} writes to; --account does`, key),
    region: region ?? unknownPlace('region', `the plan does not say which region ${what} writes to`, key),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string | undefined): Maybe<string> {
  if (region === undefined) return unknownPlace('partition', 'the plan does not say which partition it is for');
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return region.startsWith('us-iso') || region.startsWith('eu-iso') ? unknownPlace('partition', 'an isolated partition') : 'aws';
}

/** In a module a provider of its own is called `module.name:aws`. */
function providerConfig(index: PlanIndex, key: string): unknown {
  return own(index.plan.providers, key);
}

function providerText(index: PlanIndex, config: unknown, name: string): string | undefined {
  const expression = own(own(config, 'expressions'), name);
  const constant = textOf(own(expression, 'constant_value'));
  if (constant !== undefined) return constant;
  const references = own(expression, 'references');
  const [only, ...more] = Array.isArray(references) ? (references as readonly unknown[]) : [];
  if (typeof only !== 'string' || !only.startsWith('var.') || more.length > 0) return undefined;
  return textOf(own(own(index.plan.variables, only.slice('var.'.length)), 'value'));
}

function credentialsOf(config: unknown): string {
  const expressions = own(config, 'expressions');
  return `credentials ${JSON.stringify(identity.map((name) => own(expressions, name) ?? null))}`;
}

/** Accounts by provider key, and by the credentials that providers share. */
function knownAccounts(index: PlanIndex): ReadonlyMap<string, string> {
  const accounts = new Map<string, string>();
  const note = (block: Block, account: string | undefined): void => {
    if (account === undefined) return;
    const key = textOf(own(block.config, 'provider_config_key')) ?? '';
    if (!accounts.has(key)) accounts.set(key, account);
    const credentials = credentialsOf(providerConfig(index, key));
    if (!accounts.has(credentials)) accounts.set(credentials, account);
  };
  for (const block of index.blocks) {
    if (block.type === 'aws_caller_identity') note(block, accountId(own(block.values, 'account_id')));
  }
  for (const block of index.blocks) {
    const arn = block.mode === 'managed' ? textOf(own(block.values, 'arn')) : undefined;
    if (arn !== undefined) note(block, /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1]);
  }
  return accounts;
}

function accountId(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{12}$/.test(value) ? value : undefined;
}
