import type { Maybe } from '../../model/unknown.ts';
import { notCollected, oncePerScope, type Detail, type ScopeReader } from './collector.ts';
import { readManager } from './encryption.ts';
import { toUnknown } from './failures.ts';
import { askForKey } from './key-facts.ts';
import { parseKeyReference } from './key-reference.ts';
import { touches } from './needs.ts';

const path = 'replicas.manager';

/** The call behind who manages the key of a replica, for the declaration of a collector. */
export const replicaKeyDetail: Detail = { operation: 'kms:DescribeKey', provides: [path] };

const book = oncePerScope(() => Promise.resolve(new Map<string, Promise<Maybe<'aws' | 'customer'>>>()));

/**
 * Who manages the key of a replica. Its name tells where it is an alias, or the key of another account; else KMS is asked in the
 * region of the replica, where the key is, once for each key.
 *
 * @param keyId as DescribeSecret shows it; undefined: the AWS managed key
 * @param region of the replica; undefined: not known, and then only a name can tell
 */
export async function replicaKeyManager(
  scope: ScopeReader,
  type: string,
  keyId: string | undefined,
  region: string | undefined,
): Promise<Maybe<'aws' | 'customer'>> {
  const reference = parseKeyReference(keyId, { ...scope, region: region ?? scope.region });
  switch (reference.kind) {
    case 'aws-managed':
      return 'aws';
    case 'foreign':
      // A key that AWS manages serves its own account only.
      return 'customer';
    case 'elsewhere':
      return notCollected(
        'kms:DescribeKey',
        `the key is in ${reference.region}, and the replica in ${region ?? 'a region that is not told'}`,
      );
    case 'own':
      break;
    default:
      return reference satisfies never;
  }
  // The alias of a key that AWS manages begins with alias/aws/.
  if (reference.id.startsWith('alias/')) return 'customer';
  if (!touches(scope.needs.get(type), path)) return notCollected('kms:DescribeKey');
  if (region === undefined) return notCollected('kms:DescribeKey', 'the region of the replica is not told');
  const known = await book(scope);
  const key = `${region} ${reference.id}`;
  const asking = known.get(key) ?? ask(scope, reference.id, region);
  known.set(key, asking);
  return await asking;
}

async function ask(scope: ScopeReader, id: string, region: string): Promise<Maybe<'aws' | 'customer'>> {
  const answer = await askForKey(await scope.elsewhere(region), id);
  if (answer.ok) return readManager(answer.value);
  // One that does not exist any more was never of those that AWS manages, which cannot be deleted.
  return answer.failure.code === 'NotFoundException' ? 'customer' : toUnknown(answer.failure);
}
