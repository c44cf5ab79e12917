import type { SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager';
import { Unknown, type Maybe } from '../../model/unknown.ts';
import { expectedTime, optionalTime, requireList, requireText } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { notCollected, type ScopeReader } from './collector.ts';
import { toUnknown } from './failures.ts';
import { readPages } from './pages.ts';
import type { ListedSecret } from './secret-list.ts';
import { currentVersionId, pendingVersionId, withoutVersions } from './secret-rotation.ts';

const operation = 'secretsmanager:ListSecretVersionIds';
const minute = 60_000;

/** When versions were made: of the current value, and of a rotation that has not ended. Absent: there is no such version. */
export interface VersionDates {
  readonly valueChangedAt?: Maybe<number>;
  readonly pendingSince?: Maybe<number>;
}

/**
 * What the list says without a further call. The last change of a secret is the change of its value if it coincides
 * with its creation or its last rotation; otherwise it may have been the edit of a tag.
 */
export function datesFromList(secret: ListedSecret, region: string): VersionDates {
  const lacking = withoutVersions(secret);
  if (lacking !== undefined) return { valueChangedAt: lacking, pendingSince: lacking };
  const why = skipped(secret, region) ?? notCollected(operation);
  const value = valueDateFromList(secret);
  return {
    ...(currentVersionId(secret) === undefined ? {} : { valueChangedAt: value ?? why }),
    ...(pendingVersionId(secret) === undefined ? {} : { pendingSince: why }),
  };
}

/** Whether the versions must be listed to know what is wanted. */
export function isAmbiguous(
  secret: ListedSecret,
  region: string,
  wants: { readonly valueChangedAt: boolean; readonly pendingSince: boolean },
): boolean {
  if ((skipped(secret, region) ?? withoutVersions(secret)) !== undefined) return false;
  const value = wants.valueChangedAt && currentVersionId(secret) !== undefined && valueDateFromList(secret) === undefined;
  return value || (wants.pendingSince && pendingVersionId(secret) !== undefined);
}

/** The dates of an ambiguous secret, by its versions. */
export async function readVersionDates(scope: ScopeReader, secret: ListedSecret): Promise<VersionDates> {
  const api = await scope.clients.secretsManager();
  const quiet = { calls: scope.calls, onListing: () => undefined };
  const { items, failure } = await readPages(quiet, operation, async (token, signal) => {
    const page = await api.listSecretVersionIds(secret.ARN, token, signal);
    requireText(page.ARN, 'ARN');
    return { items: checkEach(requireList(page.Versions, 'Versions'), { VersionStages: 'texts' }), next: page.NextToken };
  });
  const dateOf = (id: string | undefined, test: (version: SecretVersionsListEntry) => boolean): Maybe<number> | undefined => {
    // The list of secrets names such a version, so an answer without it is one that we do not understand, not a proof.
    if (id === undefined) return undefined;
    if (failure !== undefined) return toUnknown(failure);
    const version = items.find(test);
    if (version !== undefined) return expectedTime(version.CreatedDate, 'CreatedDate', operation);
    return new Unknown('malformed-response', `the answer to ${operation} lacks a version that ListSecrets shows`, operation);
  };
  const value = valueDateFromList(secret) ?? dateOf(currentVersionId(secret), (version) => holds(version, 'AWSCURRENT'));
  const pending = dateOf(pendingVersionId(secret), (version) => holds(version, 'AWSPENDING') && !holds(version, 'AWSCURRENT'));
  return {
    ...(currentVersionId(secret) === undefined || value === undefined ? {} : { valueChangedAt: value }),
    ...(pending === undefined ? {} : { pendingSince: pending }),
  };
}

function holds(version: SecretVersionsListEntry, stage: string): boolean {
  return version.VersionStages?.includes(stage) === true;
}

function valueDateFromList(secret: ListedSecret): number | undefined {
  const changed = known(secret.LastChangedDate, 'LastChangedDate');
  if (changed === undefined) return undefined;
  const rotated = known(secret.LastRotatedDate, 'LastRotatedDate');
  const created = known(secret.CreatedDate, 'CreatedDate');
  if (rotated !== undefined && Math.abs(changed - rotated) <= minute) return rotated;
  if (created !== undefined && Math.abs(changed - created) <= minute) return created;
  return undefined;
}

function known(date: Date | undefined, field: string): number | undefined {
  const time = optionalTime(date, field, 'secretsmanager:ListSecrets');
  return time instanceof Unknown ? undefined : time;
}

/** Why the versions of a secret are not looked at, if they are not. */
function skipped(secret: ListedSecret, region: string): Unknown | undefined {
  if (secret.DeletedDate !== undefined) return notCollected(operation, 'not asked of a secret that is scheduled for deletion');
  const replica = Boolean(secret.PrimaryRegion) && secret.PrimaryRegion !== region;
  return replica ? notCollected(operation, 'not asked of a replica: its versions are judged at the primary') : undefined;
}
