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
  ['query in uri', uri, to('aws/secret?x'), /not a relative path/],
  ['fragment in uri', uri, to('aws/secret#x'), /not a relative path/],
  ['doubled slash in uri', uri, to('aws//secret'), /not normalised/],
  ['space in uri', uri, to('aws/my secret'), /not a relative path/],
  ['parent folder in uri', uri, to('aws/../x'), /not normalised/],
  ['no region', region, gone, /region is not whole/],
  ['region without end', `${region}.endColumn`, gone, /region is not whole/],
  ['empty region', region, to({ startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }), /ends before it starts/],
  ['line 0', `${region}.startLine`, to(0), /region is not whole/],
  ['no fingerprint', `${result}.partialFingerprints.primaryLocationLineHash`, gone, /no primaryLocationLineHash/],
  ['no fingerprints at all', `${result}.partialFingerprints`, gone, /no primaryLocationLineHash/],
  ['fingerprint of another kind', `${result}.partialFingerprints.primaryLocationLineHash`, to('f1_x'), /no primaryLocationLineHash/],
  ['two of one identity', `${run}.results`, firstRepeated(2), /same uri, rule and hash/],
  ['kind pass with level error', `${result}.kind`, to('pass'), /level error does not go with kind pass/],
  ['level none', `${result}.level`, to('none'), /level none/],
  ['more results than are kept', `${run}.results`, firstRepeated(5_001), /5001 results/],
  ['one tag too many', `${rule}.properties.tags`, repeated(11), /11 tags/],
  ['too many tags', `${rule}.properties.tags`, repeated(21), /21 tags/],
  ['too long a description', `${rule}.fullDescription.text`, to('x'.repeat(1025)), /1025 characters/],
  ['too long a title', `${rule}.shortDescription.text`, to('x'.repeat(1025)), /1025 characters/],
  ['too long a name', `${rule}.name`, to('x'.repeat(256)), /256 characters/],
  ['no description', `${rule}.fullDescription`, gone, /no fullDescription/],
  ['no message', `${result}.message`, gone, /no message/],
  ['no name of the tool', `${run}.tool.driver.name`, gone, /no tool name/],
  ['no rules', `${run}.tool.driver.rules`, gone, /no rules/],
  ['rule twice', `${run}.tool.driver.rules`, firstRepeated(2), /is there twice/],
  ['notification without help', `${run}.tool.driver.notifications.0.help`, gone, /no help of notification/],
  ['notification without description', `${run}.tool.driver.notifications.0.fullDescription`, gone, /no fullDescription of notification/],
  ['no schema', '$schema', gone, /no \$schema/],
  ['another version', 'version', to('2.0.0'), /version is not/],
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
