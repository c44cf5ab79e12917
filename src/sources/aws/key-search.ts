import { Unknown, type Maybe } from '../../model/unknown.ts';
import { secretsManagerSecret } from '../../resources/secretsmanager-secret.ts';
import { ssmParameter } from '../../resources/ssm-parameter.ts';
import type { ScopeReader } from './collector.ts';
import { mapLimited } from './concurrency.ts';
import { readManager } from './encryption.ts';
import { toUnknown } from './failures.ts';
import { describeKey, type DescribedKey } from './key-facts.ts';
import { parseKeyReference } from './key-reference.ts';
import { listParameters } from './parameter-list.ts';
import { listSecrets } from './secret-list.ts';
import { uniqueBy } from './unique-by.ts';

/** A secret or parameter that a key encrypts. */
export interface Protected {
  readonly type: string;
  readonly name: string;
}

/** A customer managed key of this account and region, or one of which we could not learn who manages it. */
export interface FoundKey {
  readonly id: string;
  readonly arn: string;
  readonly described: Maybe<DescribedKey>;
  readonly protects: readonly Protected[];
}

/**
 * The keys to judge: those that encrypt a secret or parameter of the scope, and `more`.
 *
 * `incomplete` stands for secrets and parameters that any of the keys may encrypt without our seeing it.
 */
export async function findKeys(
  scope: ScopeReader,
  more: readonly string[],
): Promise<{ readonly keys: readonly FoundKey[]; readonly incomplete: readonly Unknown[] }> {
  const [secrets, parameters] = await Promise.all([listSecrets(scope), listParameters(scope)]);
  const incomplete = [secrets.failure, parameters.failure].filter((failure) => failure !== undefined).map(toUnknown);
  const references = new Map<string, Protected[]>(more.map((id) => [id, []]));
  const foreign = new Set<string>();
  const refer = (text: string | undefined, user: Protected): void => {
    const reference = parseKeyReference(text, scope);
    if (reference.kind === 'foreign') foreign.add(reference.arn);
    if (reference.kind !== 'own') return;
    const users = references.get(reference.id);
    if (users === undefined) references.set(reference.id, [user]);
    else users.push(user);
  };
  for (const secret of secrets.items) refer(secret.KmsKeyId, { type: secretsManagerSecret.name, name: secret.Name });
  for (const parameter of parameters.items) {
    if (parameter.Type === 'SecureString') refer(parameter.KeyId, { type: ssmParameter.name, name: parameter.Name });
  }
  if (foreign.size > 0) {
    scope.note(
      `${scope.id}: ${foreign.size === 1 ? 'a KMS key' : `${foreign.size} KMS keys`} of other accounts encrypt secrets or parameters here; judged only in a scan of those accounts`,
    );
  }

  const found = new Map<string, FoundKey>();
  const described = await mapLimited([...references], scope.concurrency, async ([id, protects]) => ({
    id,
    protects,
    answer: await describeKey(scope, id),
  }));
  for (const { id, protects, answer } of described) {
    if (answer.ok) {
      const key = answer.value;
      if (readManager(key) === 'aws') continue;
      add(found, { id: key.KeyId, arn: key.Arn, described: key, protects });
    } else if (answer.failure.code === 'NotFoundException') {
      // No such key: nothing to judge here, and the secrets that name it say so.
      continue;
    } else if (id.startsWith('alias/')) {
      // Without an answer we do not even know which key it is; it may be one of the others, too.
      scope.report.failed(answer.failure);
      incomplete.push(toUnknown(answer.failure));
    } else {
      const arn = `arn:${scope.partition}:kms:${scope.region}:${scope.account}:key/${id}`;
      add(found, { id, arn, described: toUnknown(answer.failure), protects });
    }
  }
  return { keys: uniqueBy([...found.values()], ({ arn }) => arn), incomplete };
}

/** A key may be named by its id here and by an alias there. */
function add(found: Map<string, FoundKey>, key: FoundKey): void {
  const before = found.get(key.id);
  const protects = [...(before?.protects ?? []), ...key.protects];
  const sorted = uniqueBy(protects, ({ type, name }) => `${type} ${name}`);
  found.set(key.id, {
    ...key,
    described: before !== undefined && key.described instanceof Unknown ? before.described : key.described,
    protects: sorted,
  });
}
