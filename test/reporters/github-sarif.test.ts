import { describe, expect, it } from 'vitest';
import { toSarif } from '../../src/reporters/sarif.ts';
import { checkGithubProfile } from './github-sarif.ts';
import { mutate } from './mutate.ts';
import { liveFinding } from './sample-finding.ts';
import { resultOf } from './sample-result.ts';

const findings = ['a', 'b'].map((name) =>
  liveFinding('kms-key-rotates', { type: 'AWS::KMS::Key', name }, { status: 'fail', message: 'x', evidence: [] }),
);
const sound = toSarif(resultOf(findings), { unknown: 'all', waived: 'omit' }).log;

const to = (value: unknown) => () => value;
const gone = to(undefined);
const repeated = (times: number) => (before: unknown) => new Array<unknown>(times).fill(before);
const firstRepeated = (times: number) => (before: unknown) => new Array<unknown>(times).fill((before as unknown[])[0]);
const manyRuns = (before: unknown): unknown =>
  Array.from({ length: 21 }, (_, index) => ({ ...(before as object[])[0], automationDetails: { id: `c${index}/` } }));

const run = 'runs.0';
const rule = `${run}.tool.driver.rules.0`;
const result = `${run}.results.0`;
const uri = `${result}.locations.0.physicalLocation.artifactLocation.uri`;
const region = `${result}.locations.0.physicalLocation.region`;

const mutants: readonly (readonly [name: string, path: string, change: (before: unknown) => unknown, problem: RegExp])[] = [
  ['no runs', 'runs', to([]), /no runs/],
  ['more than 20 runs', 'runs', manyRuns, /21 runs/],
  ['no results array', `${run}.results`, gone, /no results array/],
  ['more than 25,000 results', `${run}.results`, firstRepeated(25_001), /25001 results/],
  ['category without its slash', `${run}.automationDetails.id`, to('sealcheck/live'), /does not end with a slash/],
  ['category twice', 'runs', firstRepeated(2), /category .* is there twice/],
  ['no category', `${run}.automationDetails`, gone, /no automationDetails/],
  ['no locations', `${result}.locations`, to([]), /no location/],
  [
    'logical location only',
    `${result}.locations.0`,
    to({ logicalLocations: [{ fullyQualifiedName: 'arn:aws:kms:x' }] }),
    /no artifact uri/,
  ],
  ['empty uri', uri, to(''), /no artifact uri/],
  ['ARN as uri', uri, to('arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-AbCdEf'), /not a relative path/],
  ['name with a colon as uri', uri, to('secret:prod/db'), /not a relative path/],
  ['https uri', uri, to('https://console.aws.amazon.com/secret'), /not a relative path/],
  ['file uri', uri, to('file:///secrets.tf'), /not a relative path/],
  ['leading slash', uri, to('/prod/db'), /not a relative path/],
  ['space in uri', uri, to('aws/my secret'), /not a relative path/],
  ['parent folder in uri', uri, to('aws/../x'), /not normalised/],
  ['no region', region, gone, /region is not whole/],
  ['region without end', `${region}.endColumn`, gone, /region is not whole/],
  ['no fingerprint', `${result}.partialFingerprints.primaryLocationLineHash`, gone, /no primaryLocationLineHash/],
  ['two of one identity', `${run}.results`, firstRepeated(2), /same uri, rule and hash/],
  ['kind pass with level error', `${result}.kind`, to('pass'), /level error does not go with kind pass/],
  ['level none', `${result}.level`, to('none'), /level none/],
  ['too many tags', `${rule}.properties.tags`, repeated(21), /21 tags/],
  ['too long a description', `${rule}.fullDescription.text`, to('x'.repeat(1025)), /1025 characters/],
  ['too long a message', `${result}.message.text`, to('x'.repeat(2049)), /2049 characters/],
  ['no help', `${rule}.help`, gone, /no help/],
  ['security-severity as a number', `${rule}.properties.security-severity`, to(8), /security-severity/],
  ['wrong ruleIndex', `${result}.ruleIndex`, to(99), /ruleIndex/],
];

describe('checkGithubProfile', () => {
  it('takes a sound log', () => {
    expect(checkGithubProfile(sound)).toEqual([]);
  });

  it.each(mutants)('finds: %s', (_, path, change, problem) => {
    expect(checkGithubProfile(mutate(mutate(sound, `${result}.level`, to('error')), path, change)).join('\n')).toMatch(problem);
  });
});
