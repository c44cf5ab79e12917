import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareResults } from '../../src/engine/compare/compare-results.ts';
import { customaryDueDays } from '../../src/engine/compare/due.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { Gap, Resource, ScopeModel } from '../../src/model/resource.ts';
import type { RunState } from '../../src/model/run-state.ts';
import { Unknown } from '../../src/model/unknown.ts';
import type { Waivable, Waiver } from '../../src/model/waiver.ts';
import { sarifCategories } from '../../src/reporters/sarif-category.ts';
import { scanAndKeep } from '../../src/scan.ts';
import { isRun } from '../../src/state/check-run.ts';
import { collectionOf, liveScope, liveSecret, planScope, plannedSecret, selected, statement } from './findings-of.ts';

/**
 * Runs at random over two regions of an account and two roots of code that hold things of the same names, and what must be known after each by
 * an account of our own: it follows what was looked at, and knows nothing of ids, baselines or how runs are compared.
 */
const rotation = 'secretsmanager-rotates';
const grants = 'secretsmanager-grants-nobody';
const account = 'aws/111122223333';
const regions = ['eu-west-1', 'us-east-1'];
const roots = ['infra', 'other'];
const names = ['db', 'api'];
const secretType = 'AWS::SecretsManager::Secret';

type Sight = 'bad' | 'good' | 'denied';
interface Thing {
  readonly rotation: Sight;
  /** Statements by their sids; undefined: the list could not be read. */
  readonly granted: readonly string[] | undefined;
  /** Live things only: made anew, under another ARN. */
  readonly suffix: string;
}
type Reading = 'whole' | 'other gap' | 'gap' | 'part' | 'failed' | 'not asked';
interface Place {
  readonly reading: Reading;
  readonly things: readonly (Thing | undefined)[];
}
interface Step {
  readonly closed: boolean;
  readonly places: readonly Place[];
  readonly policies: readonly string[];
  readonly waived: readonly Waivable[];
}

const thing: fc.Arbitrary<Thing> = fc.record({
  rotation: fc.constantFrom('bad', 'good', 'denied'),
  granted: fc.option(fc.subarray(['A', 'B']), { nil: undefined }),
  suffix: fc.constantFrom('AbCdEf', 'GhIjKl'),
});
const place: fc.Arbitrary<Place> = fc.record({
  reading: fc.constantFrom<Reading>('whole', 'whole', 'other gap', 'gap', 'part', 'failed', 'not asked'),
  things: fc.tuple(fc.option(thing, { nil: undefined, freq: 4 }), fc.option(thing, { nil: undefined, freq: 4 })),
});
const step: fc.Arbitrary<Step> = fc.record({
  closed: fc.boolean(),
  places: fc.tuple(place, place, place, place),
  policies: fc.oneof(
    { weight: 3, arbitrary: fc.constant([rotation, grants]) },
    { weight: 1, arbitrary: fc.subarray([rotation, grants], { minLength: 1 }) },
  ),
  waived: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray<Waivable>(['fail', 'unknown'], { minLength: 1 }) },
  ),
});

const gapOf = (type: string): Gap => ({
  operation: 'x:List',
  action: 'x:List',
  types: [type],
  reason: 'access-denied',
  count: 1,
  hint: 'Allow it.',
});
const unreadable = new Unknown('access-denied', 'denied', 'x:Get');

const placeIds = [...regions.map((region) => `${account}/${region}`), ...roots.map((root) => `terraform/${root}`)];

/** What of a place a run has: its things, and whether it would have seen all there are. */
function seenIn({ reading, things }: Place): { readonly things: readonly (Thing | undefined)[]; readonly all: boolean } {
  switch (reading) {
    case 'whole':
    case 'other gap':
      return { things, all: true };
    case 'gap':
    case 'part':
      return { things, all: false };
    case 'failed':
    case 'not asked':
      return { things: [], all: false };
    default:
      return reading satisfies never;
  }
}

function isRead({ closed }: Step, index: number, { reading }: Place): boolean {
  return reading !== 'not asked' && !(closed && index < regions.length);
}

function scopeOf(index: number, one: Place): ScopeModel {
  const live = index < regions.length;
  const region = regions[index] ?? '';
  const resources = seenIn(one).things.flatMap((each, at): readonly Resource[] => {
    if (each === undefined) return [];
    const name = names[at] ?? '';
    const facts = {
      rotates: each.rotation === 'denied' ? unreadable : each.rotation === 'good',
      statements: each.granted?.map((sid) => statement(sid)) ?? unreadable,
    };
    if (!live) return [plannedSecret(`aws_secretsmanager_secret.${name}`, name, facts)];
    return [liveSecret(name, facts, { region, address: `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-${each.suffix}` })];
  });
  const more: Partial<ScopeModel> =
    one.reading === 'failed'
      ? { status: 'failed', gaps: [gapOf(secretType)] }
      : one.reading === 'gap'
        ? { status: 'partial', gaps: [gapOf(secretType)] }
        : one.reading === 'other gap'
          ? { status: 'partial', gaps: [gapOf('AWS::KMS::Key')] }
          : one.reading === 'part'
            ? { whole: false }
            : {};
  return live ? liveScope(resources, region, more) : planScope(resources, roots[index - regions.length] ?? '', more);
}

const closedAccount: ScopeModel = {
  scope: { id: account, source: 'aws', account: '111122223333' },
  status: 'failed',
  resources: [],
  gaps: [gapOf(secretType)],
};

function run(one: Step, day: number, previous: RunState | undefined): RunState {
  const scopes = one.places.flatMap((each, index) => (isRead(one, index, each) ? [scopeOf(index, each)] : []));
  const waivers: readonly Waiver[] =
    one.waived.length === 0
      ? []
      : [
          {
            id: 'accepted',
            reason: 'r',
            owner: 'o',
            expires: '2030-01-01',
            place: { file: 'waivers.yaml', line: 1, inline: false },
            target: { kind: 'resources', policies: [rotation], covers: one.waived, match: {} },
          },
        ];
  return scanAndKeep(
    collectionOf(...(one.closed ? [closedAccount] : []), ...scopes),
    selected.filter(({ policy }) => one.policies.includes(policy.id)),
    {
      now: Date.UTC(2026, 0, day),
      detail: 'all',
      toolVersion: '0',
      failOn: 'low',
      failOnUnknown: 'low',
      waivers,
      clock: { kind: 'wall', runId: `r${day}`, startedAt: 0, durationMs: 1 },
    },
    { previous, dueDays: customaryDueDays },
  );
}

/** A thing that may be open: policy, place, name, and the sid of the statement or nothing. */
type Key = string;
const keyOf = (policy: string, at: string, name: string, sid?: string): Key => [policy, at, name, sid ?? ''].join(' ');

/** What a run says for certain: of each key whether it is open; of what is not here it says nothing. */
function told(one: Step, before: ReadonlySet<Key>): ReadonlyMap<Key, boolean> {
  const facts = new Map<Key, boolean>();
  one.places.forEach((each, index) => {
    if (!isRead(one, index, each)) return;
    const at = placeIds[index] ?? '';
    const { things, all } = seenIn(each);
    names.forEach((name, number) => {
      const it = things[number];
      for (const policy of one.policies) {
        const own = [...before].filter((key) => key.startsWith(`${keyOf(policy, at, name)}`.trimEnd() + ' '));
        if (it === undefined) {
          if (all) for (const key of own) facts.set(key, false);
          continue;
        }
        if (policy === rotation) facts.set(keyOf(rotation, at, name), it.rotation !== 'good');
        else if (it.granted === undefined) facts.set(keyOf(grants, at, name), true);
        else {
          for (const key of own) facts.set(key, false);
          for (const sid of it.granted) facts.set(keyOf(grants, at, name, sid), true);
        }
      }
    });
  });
  return facts;
}

function keyOfFinding({ policyId, scope, resource, itemKey }: Finding): Key {
  return keyOf(policyId, scope, resource.name, itemKey);
}

const isOpen = ({ status }: Finding): boolean => status === 'fail' || status === 'unknown' || status === 'waived';
const sorted = (keys: Iterable<Key>): readonly Key[] => [...keys].sort();

describe('runs at random', () => {
  it('lose nothing that was open, and call fixed what they judged and nothing else', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 6 }), (steps) => {
        let previous: RunState | undefined;
        let open: ReadonlySet<Key> = new Set();
        steps.forEach((one, index) => {
          const state = run(one, index + 1, previous);
          const facts = told(one, open);
          const closed = [...open].filter((key) => facts.get(key) === false);
          const nowOpen = new Set(
            [...open, ...[...facts].flatMap(([key, is]) => (is ? [key] : []))].filter((key) => facts.get(key) !== false),
          );
          const { findings, run: about, summary } = state.result;
          // What was written is read again.
          expect(isRun(JSON.parse(JSON.stringify(state)) as { readonly [key: string]: unknown })).toBe(true);
          const kept = [...findings.filter(isOpen), ...state.notJudged];

          expect(sorted(kept.map(keyOfFinding))).toEqual(sorted(nowOpen));
          const closedIds = new Set(about.baseline?.fixed.map(({ id }) => id));
          const gone = [...(previous?.result.findings ?? []), ...(previous?.notJudged ?? [])].filter(
            (each) => closedIds.has(each.id) && isOpen(each),
          );
          expect(sorted(gone.map(keyOfFinding))).toEqual(sorted(closed));

          // Fail and pass are said of what was seen now, and of nothing else.
          for (const each of findings) {
            const key = keyOfFinding(each);
            if (each.status === 'fail') expect([key, facts.get(key)]).toEqual([key, true]);
            if (each.status === 'waived' || each.status === 'unknown' || each.status === 'fail') {
              expect(Date.parse(each.firstSeen ?? '')).toBeLessThanOrEqual(Date.parse(about.asOf));
            }
          }
          const counted = (status: Finding['status']): number => findings.filter((each) => each.status === status).length;
          for (const status of ['pass', 'fail', 'unknown', 'waived', 'not_applicable'] as const)
            expect(summary.findings[status]).toBe(counted(status));
          expect(about.baseline?.notJudged ?? 0).toBe(state.notJudged.length);

          // A category that is written, of all policies and places that were read before, holds all that is open there.
          const known = sarifCategories(state.result).filter(
            ({ leftOut, scopes }) => leftOut === undefined && scopes.every(({ whole }) => whole !== false),
          );
          if (one.policies.length === 2) {
            for (const { scopes, findings: written } of known) {
              const ids = scopes.map(({ id }) => id);
              const asked = scopes.some(({ id }) => id === account) ? placeIds.slice(0, regions.length) : ids;
              const expected = [...nowOpen].filter((key) => asked.includes(key.split(' ')[1] ?? ''));
              expect(sorted(written.filter(isOpen).map(keyOfFinding))).toEqual(sorted(expected));
            }
          }

          const delta = compareResults(previous?.result, state.result);
          const listed = [delta.new, delta.reopened, delta.unverified, delta.fixed, delta.waived].flat().map(({ id }) => id);
          expect(new Set(listed).size).toBe(listed.length);
          previous = state;
          open = nowOpen;
        });
      }),
      { numRuns: 100 },
    );
  });
});
