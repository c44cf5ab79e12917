import type { AccountIndex } from './account-index.ts';
import { requiredText } from './input-fields.ts';
import type { KeyEntry } from './key-entry.ts';
import type { Call } from './operation.ts';
import { ServiceError } from './service-error.ts';

/** The key that a request names by id, ARN, alias name or alias ARN. Throws ServiceError as KMS would. */
export function findKeyOrAlias(call: Call): KeyEntry {
  const id = requiredText(call.input, 'KeyId');
  const owner = ownerOf(id, call);
  const region = owner.region(call.region);
  const key = region.keyById.get(id) ?? region.aliasById.get(id)?.key;
  if (owner !== call.account && !isSharedWith(key, call.account.id)) throw notShared(id, call);
  if (key !== undefined) return key;
  if (/(^|:)alias\//.test(id)) throw notFound(`Alias ${arnOf(id, call)} is not found.`);
  throw notFound(`Key '${arnOf(`key/${id}`, call)}' does not exist`);
}

/** The same for operations that take no alias. */
export function findKey(call: Call): KeyEntry {
  const id = requiredText(call.input, 'KeyId');
  if (/(^|:)alias\//.test(id)) throw notFound(`Invalid keyId '${id}'`);
  return findKeyOrAlias(call);
}

/** The account that an ARN names, the caller's for anything else. */
function ownerOf(id: string, call: Call): AccountIndex {
  if (!id.startsWith('arn:')) return call.account;
  const [, , , region, account] = id.split(':');
  if (region !== call.region) throw notFound(`Invalid arn ${region ?? ''}`);
  if (account === call.account.id) return call.account;
  const owner = account === undefined ? undefined : call.accounts.get(account);
  if (owner === undefined || !owner.isEnabled(call.region)) throw notShared(id, call);
  return owner;
}

/** Good enough here: a key is shared with the accounts that its policy mentions. */
function isSharedWith(key: KeyEntry | undefined, account: string): boolean {
  return key?.policyText().includes(account) ?? false;
}

function arnOf(resource: string, call: Call): string {
  const name = resource.replace(/^key\/arn:/, 'arn:');
  return name.startsWith('arn:') ? name : `arn:${call.account.partition}:kms:${call.region}:${call.account.id}:${name}`;
}

function notFound(message: string): ServiceError {
  return new ServiceError('NotFoundException', message);
}

function notShared(id: string, call: Call): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: ${call.caller.arn} is not authorized to access ${id}: the resource does not exist in this Region, no resource-based policy allows access, or one denies it`,
  );
}
