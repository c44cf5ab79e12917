import type { GetAccountAuthorizationDetailsResponse, GroupDetail, ManagedPolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { nextMarker, requireList } from './answer-fields.ts';
import { checkEach } from './check-fields.ts';
import { oncePerScope, type ScopeReader } from './collector.ts';
import { makeFailure, type Failure } from './failures.ts';
import { readListing } from './pages.ts';
import { uniqueBy } from './unique-by.ts';

const operation = 'iam:GetAccountAuthorizationDetails';

type Named<Detail, Name extends keyof Detail> = Detail & { readonly Arn: string } & { readonly [N in Name]: string };

/** The identities and policies of an account, as far as they could be read. */
export interface AuthorizationDetails {
  readonly users: readonly Named<UserDetail, 'UserName'>[];
  readonly roles: readonly Named<RoleDetail, 'RoleName'>[];
  readonly groups: readonly Named<GroupDetail, 'GroupName'>[];
  /** Customer managed and AWS managed, by ARN. */
  readonly policies: ReadonlyMap<string, ManagedPolicyDetail & { readonly Arn: string }>;
  /** Why something may be missing. */
  readonly failure?: Failure;
}

/** One read of the whole account, shared by the four IAM collectors. */
export const authorizationDetails = oncePerScope(async (scope): Promise<AuthorizationDetails> => {
  const api = await scope.clients.iam();
  const { items: pages, failure } = await readListing(scope, operation, async (marker, signal) => {
    const page = checkPage(await api.getAccountAuthorizationDetails(marker, signal));
    return { items: [page], next: page.next };
  });
  const named = <Detail extends { readonly Arn?: string | undefined }, Name extends keyof Detail>(
    details: readonly Detail[],
    name: Name,
  ): readonly Named<Detail, Name>[] => keepNamed(scope, details, name);
  const policies = keepNamed(
    scope,
    pages.flatMap((page) => page.policies),
    'Arn',
  );
  return {
    users: named(
      pages.flatMap((page) => page.users),
      'UserName',
    ),
    roles: named(
      pages.flatMap((page) => page.roles),
      'RoleName',
    ),
    groups: named(
      pages.flatMap((page) => page.groups),
      'GroupName',
    ),
    policies: new Map(policies.map((policy) => [policy.Arn, policy])),
    ...(failure === undefined ? {} : { failure }),
  };
});

function checkPage(page: GetAccountAuthorizationDetailsResponse) {
  return {
    users: checkEach(requireList(page.UserDetailList, 'UserDetailList'), { Arn: 'arn' }),
    roles: checkEach(requireList(page.RoleDetailList, 'RoleDetailList'), { Arn: 'arn' }),
    groups: checkEach(requireList(page.GroupDetailList, 'GroupDetailList'), { Arn: 'arn' }),
    policies: checkEach(requireList(page.Policies, 'Policies'), { Arn: 'arn' }),
    next: nextMarker(page.IsTruncated, page.Marker),
  };
}

/** Entries without their ARN or name are counted as a gap, not dropped in silence. */
function keepNamed<Detail extends { readonly Arn?: string | undefined }, Name extends keyof Detail>(
  scope: ScopeReader,
  details: readonly Detail[],
  name: Name,
): readonly Named<Detail, Name>[] {
  const complete = details.filter((detail): detail is Named<Detail, Name> => Boolean(detail.Arn) && Boolean(detail[name]));
  for (let missing = details.length - complete.length; missing > 0; missing -= 1) {
    scope.report.failed(makeFailure('malformed', operation, { missing: `an entry without Arn or ${String(name)}` }));
  }
  return uniqueBy(complete, ({ Arn }) => Arn);
}
