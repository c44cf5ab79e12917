import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunDelta } from '../../src/model/run-delta.ts';
import { findChanges, isChange, type Compared } from '../../src/notify/find-changes.ts';
import { fitMessage } from '../../src/notify/fit-message.ts';
import { makeMessage } from '../../src/notify/make-message.ts';
import type { Message, MessageKind } from '../../src/notify/message.ts';
import { plainText } from '../../src/notify/plain-text.ts';
import { visibleText } from '../../src/notify/visible-text.ts';
import { hostileNames } from '../reporters/hostile-names.ts';
import { liveScope } from '../reporters/sarif-cases.ts';
import { account, change, comparedRuns, gapScope, home, keptRun, secret, waiver } from './runs.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/notification.schema.json', import.meta.url), 'utf8')) as Record<
  string,
  unknown
>;
const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const validate = ajv.compile(schema);

function message(compared: Compared, kind: MessageKind = 'change'): Message {
  return { ...makeMessage({ kind, compared, changes: findChanges(compared) }), id: '0'.repeat(64) };
}

const [failing, unknown] = [secret('a'), secret('b', 'unknown')];
const before = keptRun(1, [failing]);
const after = keptRun(2, [failing]);
const gap = { scope: home, action: 'secretsmanager:ListSecrets', reason: 'access-denied' } as const;
const due = (dueAt: string): Compared => comparedRuns(before, after, {}, [change(failing, { dueAt })]);
const waived = (expires: string, then: string | undefined = expires): Compared =>
  comparedRuns(keptRun(1, [], { waivers: then === '' ? [] : [waiver('w', then)] }), keptRun(2, [], { waivers: [waiver('w', expires)] }));
const inScopes = (then: Parameters<typeof gapScope>[2] | undefined, now: Parameters<typeof gapScope>[2] | undefined): Compared => {
  const scopes = (status: Parameters<typeof gapScope>[2] | undefined) => [
    status === undefined ? liveScope(account, 'us-east-1') : gapScope('us-east-1', gap.action, status),
  ];
  return comparedRuns(keptRun(1, [], { scopes: scopes(then) }), keptRun(2, [], { scopes: scopes(now) }));
};

const narrower = (compared: Compared): Compared => ({
  ...compared,
  after: { ...compared.after, result: { ...compared.after.result, policies: compared.after.result.policies.slice(1) } },
});

describe('what is worth a message', () => {
  const delta = (part: Partial<RunDelta>): Compared => comparedRuns(before, after, part);
  // The first run is of 2026-11-02T08:00Z, the second of 2026-11-03T08:00Z.
  it.each<readonly [name: string, compared: Compared, worth: boolean]>([
    ['nothing at all', delta({}), false],
    ['a new finding', delta({ new: [change(failing)] }), true],
    ['a new unknown', delta({ new: [change(unknown)] }), true],
    ['one that is open again', delta({ reopened: [change(failing)] }), true],
    ['one that could not be verified', delta({ unverified: [change(unknown)] }), true],
    ['a fixed one', delta({ fixed: [change(failing, { status: 'pass' })] }), true],
    ['a new gap', delta({ newGaps: [gap] }), true],
    ['one that was waived, and nothing else', delta({ waived: [change(failing, { status: 'waived' })] }), false],
    ['more that persist, and more that nobody asked for', delta({ persisting: 12, notJudged: 3 }), false],
    ['a gap that is gone', inScopes('partial', undefined), true],
    ['a gap that is still there', inScopes('partial', 'partial'), false],
    ['a scope that could not be read at all now', inScopes('partial', 'failed'), false],
    [
      'a gap of a scope of which nothing could be read now',
      comparedRuns(
        keptRun(1, [], { scopes: [gapScope('us-east-1')] }),
        keptRun(2, [], { scopes: [liveScope(account, 'us-east-1', { status: 'failed', gaps: [] })] }),
      ),
      false,
    ],
    [
      'a scope that was not asked for',
      comparedRuns(keptRun(1, [], { scopes: [gapScope('us-east-1')] }), keptRun(2, [], { scopes: [] })),
      false,
    ],
    ['a gap that is gone in a run of other policies, which had no need of it', narrower(inScopes('partial', undefined)), false],
    ['another outcome', comparedRuns(keptRun(1, [], { outcome: 'compliant' }), keptRun(2, [], { outcome: 'incomplete' })), true],
    ['what was due between the runs', due('2026-11-02T20:00:00Z'), true],
    ['what was due before both', due('2026-11-01T20:00:00Z'), false],
    ['what is due later', due('2026-11-03T08:00:00Z'), false],
    ['a waiver whose end came within 14 days', waived('2026-11-17'), true],
    ['a waiver whose end is 15 days away', waived('2026-11-18'), false],
    ['a waiver whose end was near already', waived('2026-11-16'), false],
    ['a waiver that is new and ends soon', waived('2026-11-16', ''), true],
    ['a waiver on its last day', waived('2026-11-03'), false],
    ['a waiver that has run out', waived('2026-11-02'), true],
    ['a waiver that had run out', waived('2026-11-01'), false],
    ['a waiver that was made longer', waived('2027-02-01', '2026-11-10'), false],
    [
      'a waiver that runs out and speaks of nothing',
      comparedRuns(keptRun(1, []), keptRun(2, [], { waivers: [waiver('w', '2026-11-01', { use: 'unused' })] })),
      false,
    ],
  ])('%s', (_name, compared, worth) => {
    expect(isChange(findChanges(compared))).toBe(worth);
  });
});

describe('a message', () => {
  const many = Array.from({ length: 25 }, (_, index) => change(secret(`s-${String(index).padStart(2, '0')}`)));

  it('has the ten worst of what is new, and counts the rest', () => {
    const mixed = [
      change(secret('y-unknown', 'unknown'), { severity: 'critical' }),
      ...many,
      change(secret('z'), { severity: 'critical' }),
    ];
    const made = message(comparedRuns(before, after, { new: mixed }));
    expect(made.changes.new.count).toBe(27);
    expect(made.changes.new.first.map(({ name }) => name)).toEqual(['z', 'y-unknown', ...many.slice(0, 8).map(({ name }) => name)]);
    expect(plainText(made)).toContain('\nNew (27)\n- critical Secrets rotate: z in aws/123456789012/us-east-1\n');
    expect(plainText(made)).toContain('\n  and 17 more\n');
  });

  it('says five of what is fixed', () => {
    const made = message(comparedRuns(before, after, { fixed: many.map((one) => ({ ...one, status: 'pass' })) }));
    expect([made.changes.fixed.count, made.changes.fixed.first.length]).toEqual([25, 5]);
  });

  it('says what to do where something is not known', () => {
    const now = keptRun(2, [unknown], { scopes: [gapScope('us-east-1')] });
    const gone = change(secret('c'), { status: 'unknown' });
    const made = message(comparedRuns(before, now, { unverified: [change(unknown), gone], newGaps: [gap] }, [], 2));
    expect(made.changes.unverified.first.map(({ toDo }) => toDo)).toEqual([
      'allow secretsmanager:DescribeSecret, or see what denies it',
      'Grant secretsmanager:ListSecrets to the caller.',
    ]);
    expect(made.changes.newGaps.first).toEqual([{ ...gap, toDo: 'Grant secretsmanager:ListSecrets to the caller.' }]);
    expect(made.open).toMatchObject({ unknown: 1, unverified: 2, gaps: 1 });
    const text = plainText(made);
    expect(text).toContain('Could not be verified: they failed before, and may still (2)');
    expect(text).toContain('secretsmanager:ListSecrets access denied in aws/123456789012/us-east-1; to do: Grant');
  });

  it.each<readonly [name: string, compared: Compared, kind: MessageKind, headline: string]>([
    [
      'a change',
      comparedRuns(before, keptRun(2, [failing, unknown], { outcome: 'incomplete' }), {
        new: [change(failing)],
        fixed: [change(failing), change(failing)],
        newGaps: [gap],
      }),
      'change',
      'Sealcheck: 1 new, 1 new gap, 2 fixed, now incomplete; 1 failing (1 high), 1 unknown',
    ],
    ['a summary', comparedRuns(undefined, after, { new: many }, many), 'summary', 'Sealcheck: 1 failing (1 high)'],
    [
      'a heartbeat',
      comparedRuns(before, after),
      'heartbeat',
      'Sealcheck: nothing changed, 1 failing (1 high); last run 2026-11-03 08:00 UTC',
    ],
    [
      'a heartbeat without access',
      comparedRuns(before, keptRun(2, [], { scopes: [gapScope('us-east-1', gap.action, 'failed')] })),
      'heartbeat',
      'Sealcheck: nothing changed, 0 failing, 1 gap, 1 scope unread; last run 2026-11-03 08:00 UTC',
    ],
    [
      'a state that grows old',
      comparedRuns(before, after),
      'stale',
      'Sealcheck: no run since 2026-11-03 08:00 UTC; then 1 failing (1 high)',
    ],
  ])('has a headline: %s', (_name, compared, kind, headline) => {
    expect(message(compared, kind).headline).toBe(headline);
  });

  it('of a first run lists what is open, and nothing as new', () => {
    const now = keptRun(2, [failing], { scopes: [gapScope('us-east-1')], waivers: [waiver('w', '2026-11-05'), waiver('x', '2027-01-01')] });
    const open = [...many, change(failing, { dueAt: '2026-11-01T00:00:00Z', severity: 'critical' })];
    const made = message(comparedRuns(undefined, now, { new: open }, open), 'summary');
    expect(made.changes.new).toEqual({ count: 0, first: [] });
    expect([made.worst?.count, made.worst?.first.length, made.worst?.first[0]?.name]).toEqual([26, 10, 'a']);
    expect(made.changes.overdue.count).toBe(1);
    expect(made.changes.newGaps.count).toBe(1);
    expect(made.changes.waivers.first.map(({ id, stage }) => [id, stage])).toEqual([['w', 'expiring']]);
    expect(made.previous).toBeUndefined();
  });

  it('is as its schema says, whatever kind it is', () => {
    const full = comparedRuns(
      keptRun(1, [], { outcome: 'compliant', scopes: [gapScope('eu-west-1', 'ssm:DescribeParameters'), liveScope(account, 'us-east-1')] }),
      keptRun(2, [failing], {
        scopes: [liveScope(account, 'eu-west-1'), gapScope('us-east-1')],
        waivers: [waiver('w', '2026-11-05', { ticket: 'SEC-1' }), waiver('x', '2026-11-01')],
      }),
      { new: many, reopened: many, unverified: many, fixed: many, waived: many, newGaps: [gap] },
      many.map((one) => ({ ...one, dueAt: '2026-11-02T20:00:00Z', firstSeen: '2026-10-01T00:00:00Z', itemKey: 'item' })),
    );
    for (const kind of ['change', 'summary', 'heartbeat', 'stale'] as const) {
      validate({ ...message(full, kind), link: 'https://reports.example.com/' });
      expect(validate.errors, kind).toBeNull();
    }
    for (const list of Object.values(message(full).changes)) expect((list as { count: number }).count).toBeGreaterThan(0);
    expect(validate({ ...message(full), extra: 1 })).toBe(false);
  });
});

describe('hostile names', () => {
  it.each(Object.entries(hostileNames))('%s stays on its line and is seen as it is', (_name, name) => {
    const made = message(comparedRuns(before, after, { new: [change(failing, { name, scope: name, address: name, title: name })] }));
    validate(made);
    expect(validate.errors).toBeNull();
    expect(JSON.stringify(made)).not.toMatch(/\\u00[01]|[\u0080-\u009f\u2028-\u202e]/);
    expect(plainText(made).split('\n').length).toBe(
      plainText(message(comparedRuns(before, after, { new: [change(failing)] }))).split('\n').length,
    );
  });

  it('never grow beyond their bound, nor split a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, most) => {
        const visible = visibleText(text, most);
        expect(visible.length).toBeLessThanOrEqual(most);
        expect(visible).not.toMatch(/\p{Cs}/u);
        expect(visible).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('a message that is too large', () => {
  const huge = '\u{1f511}'.repeat(2000);
  const wide = Array.from({ length: 40 }, (_, index) =>
    change(secret(`${index}${huge}`), { title: huge, scope: huge, address: huge, itemKey: huge }),
  );
  const delta = { new: wide, reopened: wide, unverified: wide, fixed: wide, waived: wide, newGaps: [] };
  const made = message(comparedRuns(before, after, delta, wide));
  const size = (one: Message): number => Buffer.byteLength(JSON.stringify(one));

  it('is bounded by itself', () => expect(size(made)).toBeLessThan(300_000));

  it.each([250_000, 60_000, 20_000, 4_000])('has shorter lists and the same counts below %i bytes', (limit) => {
    const fitting = fitMessage(made, limit, size);
    expect(size(fitting)).toBeLessThanOrEqual(limit);
    expect(fitting.changes.new.count).toBe(40);
    expect(size(made)).toBeGreaterThan(60_000);
    validate(fitting);
    expect(validate.errors).toBeNull();
  });
});
