import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/model/errors.ts';
import { writeRecord } from '../../src/notify/records.ts';
import { tell } from '../../src/notify/tell.ts';
import { keptRun, secret } from './runs.ts';
import { contextOf, fakeChannel, fakeWorld, memoryStore } from './world.ts';

const first = keptRun(1, [secret('a')]);
const second = keptRun(2, [secret('a'), secret('b')]);
const third = keptRun(3, [secret('a', 'pass'), secret('b')]);

describe('a channel', () => {
  it('is told first of what is open, then of what has changed', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    await tell(channel, contextOf([first, second], store, world));
    expect(channel.sent.map(({ kind }) => kind)).toEqual(['summary', 'change']);
    const [summary, change] = channel.sent;
    expect(summary?.changes.new.count).toBe(0);
    expect(summary?.worst?.first.map(({ name }) => name)).toEqual(['a']);
    expect(change?.changes.new.first.map(({ name }) => name)).toEqual(['b']);
    expect(change?.previous?.id).toBe('run-0001');
  });

  it('is told once of a run', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    expect(await tell(channel, contextOf([first], store, world))).toEqual({ kind: 'silent', why: 'told of the newest run already' });
    expect(channel.sent).toHaveLength(1);
  });

  it('hears nothing where nothing has changed', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    const same = keptRun(2, [secret('a')]);
    expect(await tell(channel, contextOf([first, same], store, world))).toEqual({ kind: 'silent', why: 'nothing has changed' });
  });

  it('is told by the next message what a failed one did not tell', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    channel.answer = { ok: false, again: true, why: 'HTTP 500' };
    expect(await tell(channel, contextOf([first, second], store, world))).toMatchObject({ kind: 'failed', why: 'HTTP 500', attempts: 5 });
    channel.answer = { ok: true };
    await tell(channel, contextOf([first, second, third], store, world));
    const last = channel.sent.at(-1);
    expect(channel.sent).toHaveLength(2);
    expect(last?.changes.new.first.map(({ name }) => name)).toEqual(['b']);
    expect(last?.changes.fixed.first.map(({ name }) => name)).toEqual(['a']);
    expect(last?.previous?.id).toBe('run-0001');
  });

  it('gets the same id again where it was told and that was not put down', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    const full = {
      ...store,
      putIfAbsent: () => Promise.reject(new UserError('state-failed', 'no space left in memory/')),
    };
    const crashed = await tell(channel, contextOf([first], full, world));
    expect(crashed).toMatchObject({ kind: 'unrecorded', why: 'no space left in memory/' });
    await tell(channel, contextOf([first], store, world));
    const [one, two] = channel.sent;
    expect(channel.sent).toHaveLength(2);
    expect(one?.id).toMatch(/^[0-9a-f]{64}$/);
    expect(two?.id).toBe(one?.id);
  });

  it('gets the same id from two processes at once', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await Promise.all([tell(channel, contextOf([first], store, world)), tell(channel, contextOf([first], store, world))]);
    expect(new Set(channel.sent.map(({ id }) => id)).size).toBe(1);
    expect([...store.objects.keys()]).toEqual([`notified/${channel.key}/00000001.json`]);
  });

  it('is put down by the first of two processes', async () => {
    const store = memoryStore();
    const place = { sequence: 42, ordinal: 1 };
    const record = { runId: 'run-0042', at: '2026-11-02T09:00:00.000Z', kind: 'change' } as const;
    await writeRecord(store, 'a-channel', place, record);
    await writeRecord(store, 'a-channel', place, { ...record, at: '2026-11-02T09:00:05.000Z' });
    expect([...store.objects].map(([key, bytes]) => [key, JSON.parse(bytes.toString()) as unknown])).toEqual([
      ['notified/a-channel/00000042.json', record],
    ]);
  });

  it('has another id than another channel, run or kind', async () => {
    const [store, world, one, other] = [memoryStore(), fakeWorld(), fakeChannel('one'), fakeChannel('other')];
    for (const channel of [one, other]) {
      await tell(channel, contextOf([first], store, world));
      await tell(channel, contextOf([first, second], store, world));
    }
    expect(new Set([...one.sent, ...other.sent].map(({ id }) => id)).size).toBe(4);
  });

  it('is told by itself: what another one missed does not concern it', async () => {
    const [store, world, well, ill] = [memoryStore(), fakeWorld(), fakeChannel('well'), fakeChannel('ill')];
    ill.answer = { ok: false, again: false, why: 'HTTP 404' };
    for (const channel of [well, ill]) await tell(channel, contextOf([first], store, world));
    for (const channel of [well, ill]) await tell(channel, contextOf([first, second], store, world));
    expect(well.sent.map(({ kind }) => kind)).toEqual(['summary', 'change']);
    ill.answer = { ok: true };
    await tell(ill, contextOf([first, second], store, world));
    expect(ill.sent.map(({ kind }) => kind)).toEqual(['summary']);
  });

  it.each([
    ['the run that it was told of is no longer kept', [second]],
    [
      'a state began anew, and its run has the same number',
      [{ ...first, result: { ...first.result, run: { ...first.result.run, id: 'other' } } }],
    ],
  ])('gets a summary where %s', async (_name, runs) => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    await tell(channel, contextOf(runs, store, world));
    expect(channel.sent.map(({ kind }) => kind)).toEqual(['summary', 'summary']);
    expect(await tell(channel, contextOf(runs, store, world))).toMatchObject({ kind: 'silent' });
  });

  it('is told of what follows on an earlier run where the newest took the number of another', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    for (const runs of [[first], [first, second]]) await tell(channel, contextOf(runs, store, world));
    const again = keptRun(2, [secret('a'), secret('c')]);
    const other = { ...again, result: { ...again.result, run: { ...again.result.run, id: 'other' } } };
    await tell(channel, contextOf([first, other], store, world));
    expect(channel.sent.at(-1)).toMatchObject({
      kind: 'change',
      previous: { id: 'run-0001' },
      changes: { new: { first: [{ name: 'c' }] } },
    });
    expect(await tell(channel, contextOf([first, other], store, world))).toMatchObject({ kind: 'silent' });
  });

  it('gets a summary where its record is spoilt', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    store.objects.set(`notified/${channel.key}/00000001.json`, Buffer.from('{"runId":'));
    await tell(channel, contextOf([first], store, world));
    expect(channel.sent.map(({ kind }) => kind)).toEqual(['summary']);
    expect(await tell(channel, contextOf([first], store, world))).toMatchObject({ kind: 'silent' });
  });

  it('leaves no target in the records', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    expect([...store.objects].map(([key, bytes]) => key + bytes.toString()).join()).not.toContain('example.com');
  });
});

describe('the heartbeat', () => {
  /** A scan and a notify each day at nine, or a minute earlier, for so many days; what the channel heard, by day. */
  async function days(count: number, scanned: (day: number) => boolean, heartbeatDays: number | undefined): Promise<readonly string[]> {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    const runs = [keptRun(1, [secret('a')])];
    const heard: string[] = [];
    for (let day = 1; day <= count; day += 1) {
      world.setTime(new Date(Date.UTC(2026, 10, 1 + day, day % 2 === 0 ? 8 : 9, day % 2 === 0 ? 59 : 0)).toISOString());
      const asOf = new Date(Date.UTC(2026, 10, 1 + day, 8)).toISOString();
      if (day > 1 && scanned(day)) runs.push(keptRun(runs.length + 1, [secret('a')], { asOf }));
      const before = channel.sent.length;
      await tell(channel, contextOf(runs, store, world, { heartbeatDays }));
      const [message] = channel.sent.slice(before);
      if (message !== undefined) heard.push(`${day} ${message.kind}`);
    }
    expect(new Set(channel.sent.map(({ id }) => id)).size).toBe(channel.sent.length);
    return heard;
  }

  it('comes each week while nothing changes', async () => {
    expect(await days(20, () => true, 7)).toEqual(['1 summary', '8 heartbeat', '15 heartbeat']);
  });

  it('does not come where nobody asks for it', async () => {
    expect(await days(20, () => true, undefined)).toEqual(['1 summary']);
  });

  it('turns to an alarm when there has been no run for two of them', async () => {
    expect(await days(25, (day) => day <= 2, 7)).toEqual(['1 summary', '8 heartbeat', '15 heartbeat', '16 stale', '23 stale']);
    expect(await days(8, () => false, 2)).toEqual(['1 summary', '3 heartbeat', '5 stale', '7 stale']);
  });

  it('waits again after a change', async () => {
    const [store, world, channel] = [memoryStore(), fakeWorld(), fakeChannel()];
    await tell(channel, contextOf([first], store, world));
    world.setTime('2026-11-06T09:00:00Z');
    await tell(channel, contextOf([first, second], store, world));
    world.setTime('2026-11-09T09:00:00Z');
    const same = keptRun(3, [secret('a'), secret('b')]);
    expect(await tell(channel, contextOf([first, second, same], store, world))).toMatchObject({ kind: 'silent' });
    world.setTime('2026-11-13T09:00:00Z');
    expect(await tell(channel, contextOf([first, second, same], store, world))).toMatchObject({ message: { kind: 'heartbeat' } });
  });
});
