import type { AccountIndex } from './account-index.ts';
import { textList } from './input-fields.ts';
import type { Call, Operations } from './operation.ts';
import { pageOf } from './pagination.ts';

/** https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html */
export const accountOperations: Operations = {
  ListRegions: { answer: listRegions, paging: { token: 'NextToken' } },
};

/** Regions that need no opt-in. */
const defaultRegions: ReadonlySet<string> = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

const optInRegions: readonly string[] = [
  'af-south-1',
  'ap-east-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'me-south-1',
];

interface ListedRegion {
  readonly RegionName: string;
  readonly RegionOptStatus: 'ENABLED_BY_DEFAULT' | 'ENABLED' | 'DISABLED';
}

function listRegions(call: Call): string {
  const wanted = textList(call.input, 'RegionOptStatusContains');
  const all = regionsOf(call.account).filter((region) => wanted.length === 0 || wanted.includes(region.RegionOptStatus));
  const page = pageOf(all, {
    operation: 'ListRegions',
    token: call.input['NextToken'],
    size: call.input['MaxResults'],
    sizeName: 'MaxResults',
    maxSize: 50,
    defaultSize: 50,
    badTokenCode: 'ValidationException',
    short: call.shortPages,
  });
  return JSON.stringify({ Regions: page.items, NextToken: page.nextToken });
}

/** Unlike in AWS, a region of the first list is disabled where the fixture does not enable it: a fixture then need not name all of them. */
function regionsOf(account: AccountIndex): readonly ListedRegion[] {
  const enabled = account.fixture.enabledRegions ?? Object.keys(account.fixture.regions);
  return [...new Set([...defaultRegions, ...optInRegions, ...enabled])]
    .sort()
    .map((RegionName) => ({ RegionName, RegionOptStatus: optStatus(account, RegionName) }));
}

function optStatus(account: AccountIndex, region: string): ListedRegion['RegionOptStatus'] {
  if (!account.isEnabled(region)) return 'DISABLED';
  return defaultRegions.has(region) ? 'ENABLED_BY_DEFAULT' : 'ENABLED';
}
