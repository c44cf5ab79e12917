import { beforeAll, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { describeWithMoto } from '../support/moto.ts';
import { acmeAccounts } from './acme/acme-accounts.ts';
import { acmeId, europe, home, vendorId } from './acme/words.ts';
import { blameIn, titleOf, type Blame } from './blame.ts';
import { collect, judge, optionsFor } from './scan-account.ts';
import { seedMoto } from './seed/seed.ts';

const day = 86_400_000;
const { accounts, planted, roleArn } = acmeAccounts(Date.now());

await describeWithMoto('the acme account on moto', (moto) => {
  let result: ScanResult;
  let blame: Blame;

  beforeAll(async () => {
    const { asDescribed } = await seedMoto(moto.url, accounts);
    const collection = await collect(optionsFor(moto.url, { roleArns: [roleArn] }));
    // Seen two days later, when a rotation that began in the seeding is no longer one that may still end.
    result = judge(collection, Date.now() + 2 * day);
    blame = blameIn(result.findings, asDescribed);
  }, 120_000);

  it.each(planted.filter(({ expect, aged }) => expect === 'fail' && !aged).map((fault) => [titleOf(fault), fault] as const))(
    'finds %s',
    (_title, fault) => {
      expect(blame(fault)).toEqual([fault.policyId]);
    },
  );

  it.each(planted.filter(({ expect, aged }) => expect === 'clean' && !aged).map((decoy) => [titleOf(decoy), decoy] as const))(
    'does not blame %s',
    (_title, decoy) => {
      expect(blame(decoy)).toEqual([]);
    },
  );

  it('leaves unknown only what moto cannot answer', () => {
    const unknowns = result.findings.flatMap((finding) =>
      finding.status === 'unknown'
        ? finding.unknown.map(({ path, reason }) => [finding.policyId, finding.resource.name, path, reason])
        : [],
    );
    // moto knows no ssm:GetResourcePolicies, which is asked for the Advanced tier.
    const why = ['statements', 'request-failed'];
    const shared = [
      ...[
        '/app/long',
        '/app/small-advanced',
        '/prod/notify',
        '/prod/temp/a',
        '/prod/temp/b',
        '/prod/temp/c',
        '/shared/everyone',
        '/shared/vendor',
      ].map((name) => ['ssm-parameter-not-shared-publicly', name, ...why]),
      ...['/app/small-advanced', '/shared/everyone', '/shared/vendor'].map((name) => ['ssm-parameter-tier-needed', name, ...why]),
    ];
    // moto shows the primary's key as that of the replica; AWS shows the replica's own.
    const sorted = (rows: readonly (readonly string[])[]): readonly string[] => rows.map((row) => row.join(' ')).sort();
    expect(sorted(unknowns)).toEqual(
      sorted([
        ...['prod/replica-failed', 'prod/replicated'].flatMap((name) => [
          ['secretsmanager-key-rotates', name, 'encryption.manager', 'not-collected'],
          ['secretsmanager-key-rotates', name, 'encryption.keyRotationEnabled', 'not-collected'],
          ['secretsmanager-key-usable', name, 'encryption.manager', 'not-collected'],
          ['secretsmanager-key-usable', name, 'encryption.keyState', 'not-collected'],
        ]),
        ...shared,
      ]),
    );
  });

  it('reads every scope in full', () => {
    expect(result.scopes.map(({ id, status, gaps }) => [id, status, gaps])).toEqual(
      [acmeId, vendorId].flatMap((id) => [europe, 'global', home].map((region) => [`aws/${id}/${region}`, 'complete', []])),
    );
    // moto knows no account:ListRegions.
    expect(result.run.notes).toEqual(
      [acmeId, vendorId].map(
        (id) =>
          `aws/${id}: looked at ${europe}, ${home}; how many other enabled regions were not looked at is unknown (HTTP 404 on account:ListRegions)`,
      ),
    );
  });

  it('ends with code 1', () => {
    expect(result.run).toMatchObject({ outcome: 'violations', exitCode: 1 });
  });
});
