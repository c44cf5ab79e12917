import type { ParameterMetadata } from '@aws-sdk/client-ssm';
import { requireList } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { oncePerScope } from './collector.ts';
import { makeFailure, type Failure } from './failures.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

export type ListedParameter = ParameterMetadata & { readonly ARN: string; readonly Name: string };

const entryFields = {
  Name: 'text',
  ARN: 'arn',
  Type: 'text',
  KeyId: 'text',
  Tier: 'text',
  DataType: 'text',
  Version: 'integer',
  Policies: 'list',
} as const;

/** The parameters of a scope; shared by the collectors of parameters and of keys. */
export const listParameters = oncePerScope(
  async (scope): Promise<{ readonly items: readonly ListedParameter[]; readonly failure?: Failure }> => {
    const operation = 'ssm:DescribeParameters';
    const api = await scope.clients.ssm();
    const { items, failure } = await readListing(scope, operation, async (token, signal) => {
      const page = await api.describeParameters(token, signal);
      return { items: checkEach(requireList(page.Parameters, 'Parameters'), entryFields), next: page.NextToken };
    });
    const arn = (name: string): string =>
      `arn:${scope.partition}:ssm:${scope.region}:${scope.account}:parameter/${name.replace(/^\//, '')}`;
    const complete = items.flatMap((entry): readonly ListedParameter[] =>
      entry.Name ? [{ ...entry, Name: entry.Name, ARN: entry.ARN || arn(entry.Name) }] : [],
    );
    const malformed = makeFailure('malformed', operation, { missing: 'a parameter without Name' });
    for (let missing = items.length - complete.length; missing > 0; missing -= 1) scope.report.failed(malformed);
    const why = failure ?? (complete.length < items.length ? malformed : undefined);
    // Not by the ARN, which `/a` and `a` have in common.
    return { items: uniqueBy(complete, (entry) => entry.Name), ...(why === undefined ? {} : { failure: why }) };
  },
);
