import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { requireList } from './answer-fields.ts';
import { checkEach, checkFields } from './check-fields.ts';
import { oncePerScope } from './collector.ts';
import { makeFailure, MalformedAnswer, type Failure } from './failures.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

export type ListedSecret = SecretListEntry & { readonly ARN: string; readonly Name: string };

/** The secrets of a scope, those scheduled for deletion too; shared by the collectors of secrets and of keys. */
export const listSecrets = oncePerScope(async (scope): Promise<{ readonly items: readonly ListedSecret[]; readonly failure?: Failure }> => {
  const operation = 'secretsmanager:ListSecrets';
  const api = await scope.clients.secretsManager();
  const { items, failure } = await readListing(scope, operation, async (token, signal) => {
    const page = await api.listSecrets(token, signal);
    return { items: requireList(page.SecretList, 'SecretList').map(checkEntry), next: page.NextToken };
  });
  const complete = items.filter((entry): entry is ListedSecret => Boolean(entry.ARN) && Boolean(entry.Name));
  const malformed = makeFailure('malformed', operation, { missing: 'a secret without ARN or Name' });
  for (let missing = items.length - complete.length; missing > 0; missing -= 1) scope.report.failed(malformed);
  const why = failure ?? (complete.length < items.length ? malformed : undefined);
  return { items: uniqueBy(complete, (entry) => entry.ARN), ...(why === undefined ? {} : { failure: why }) };
});

function checkEntry(entry: SecretListEntry): SecretListEntry {
  checkFields(entry, {
    ARN: 'arn',
    Name: 'text',
    Type: 'text',
    KmsKeyId: 'text',
    RotationEnabled: 'flag',
    RotationLambdaARN: 'text',
    RotationRules: 'record',
    OwningService: 'text',
    PrimaryRegion: 'text',
    SecretVersionsToStages: 'record',
    Tags: 'list',
  });
  checkFields(entry.RotationRules, { AutomaticallyAfterDays: 'integer', ScheduleExpression: 'text' });
  checkEach(entry.Tags ?? [], { Key: 'text', Value: 'text' });
  const versions: { readonly [id: string]: unknown } = entry.SecretVersionsToStages ?? {};
  if (Object.values(versions).includes(null)) throw new MalformedAnswer('a version without its stages');
  checkFields(versions, Object.fromEntries(Object.keys(versions).map((id) => [id, 'texts'])));
  return entry;
}
