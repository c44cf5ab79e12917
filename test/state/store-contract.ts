import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { StateStore } from '../../src/state/state-store.ts';

/** What no key may be: it would lead out of the place, or be another name for an object that is there. */
const hostileKeys = [
  '',
  '/',
  '..',
  '../outside',
  'runs/../../outside',
  'runs/..',
  'runs/.',
  './runs/1',
  '/etc/passwd',
  'runs//1',
  'runs/',
  '.tmp/1',
  'runs/.hidden',
  'runs\\1',
  'runs/a b',
  'runs/a\0b',
  'runs/a\nb',
  'runs/%2e%2e',
  'runs/ä',
  `runs/${'a'.repeat(201)}`,
];
const hostilePrefixes = ['', '/', 'runs', '../', 'runs//', '/runs/', 'runs/../', '.tmp/'];

const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

/** What each store does. `open` gives two stores of the same empty place. */
export function keepsTheContract(open: () => Promise<readonly [StateStore, StateStore]>): void {
  it('an empty place has nothing to read, list or remove', async () => {
    const [store] = await open();
    expect(await store.read('runs/00000001.json.gz')).toBeUndefined();
    expect(await store.list('runs/')).toEqual([]);
    await store.remove('runs/00000001.json.gz');
  });

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['every byte', every],
    ['line ends and a BOM', Buffer.from('\ufeffa\r\nb\n\r')],
    ['four megabytes', randomBytes(4 << 20)],
  ])('what is put is read by another, byte by byte: %s', async (_, bytes) => {
    const [one, other] = await open();
    expect(await one.putIfAbsent('runs/00000001.json.gz', bytes)).toBe(true);
    await one.put('latest/findings.json', bytes);
    expect((await other.read('runs/00000001.json.gz'))?.equals(bytes)).toBe(true);
    expect((await other.read('latest/findings.json'))?.equals(bytes)).toBe(true);
  });

  it('putIfAbsent leaves what is there, put does not', async () => {
    const [one, other] = await open();
    expect(await one.putIfAbsent('a/1', Buffer.from('first'))).toBe(true);
    expect(await one.putIfAbsent('a/1', Buffer.from('second'))).toBe(false);
    expect(await other.putIfAbsent('a/1', Buffer.from('first'))).toBe(false);
    expect(String(await one.read('a/1'))).toBe('first');
    await other.put('a/1', Buffer.from('third, and longer'));
    await other.put('a/1', Buffer.from('4th'));
    expect(String(await one.read('a/1'))).toBe('4th');
  });

  it('of twenty that write the same key at once one is told true, and its bytes are there', async () => {
    const [one, other] = await open();
    const told = await Promise.all(
      Array.from(
        { length: 20 },
        async (_, index) => await (index % 2 ? one : other).putIfAbsent('runs/00000007.json.gz', Buffer.from(`run ${index}`)),
      ),
    );
    expect(told.filter(Boolean)).toHaveLength(1);
    expect(String(await one.read('runs/00000007.json.gz'))).toBe(`run ${told.indexOf(true)}`);
    expect(await other.list('runs/')).toEqual(['runs/00000007.json.gz']);
  });

  it('of many that put the same key at once one stays, whole', async () => {
    const [one, other] = await open();
    const texts = Array.from({ length: 10 }, (_, index) => String(index).repeat(100_000));
    await Promise.all(texts.map(async (text, index) => await (index % 2 ? one : other).put('history.ndjson', Buffer.from(text))));
    expect(texts).toContain(String(await one.read('history.ndjson')));
  });

  it('list has the keys below a prefix, of folders below it too, sorted by their code units', async () => {
    const [store] = await open();
    const keys = [
      'runs/00000010.json.gz',
      'runs/00000009.json.gz',
      'runs/b/1',
      'runs/B',
      'runs/b-1',
      'runs2/1',
      'notified/aa/00000001.json',
      'history.ndjson',
    ];
    for (const key of keys) await store.put(key, Buffer.from(key));
    expect(await store.list('runs/')).toEqual(['runs/00000009.json.gz', 'runs/00000010.json.gz', 'runs/B', 'runs/b-1', 'runs/b/1']);
    expect(await store.list('runs/b/')).toEqual(['runs/b/1']);
    expect(await store.list('notified/')).toEqual(['notified/aa/00000001.json']);
    expect(await store.list('run/')).toEqual([]);
  });

  it('what is removed is gone, and can be written again', async () => {
    const [one, other] = await open();
    await one.put('runs/00000001.json.gz', Buffer.from('1'));
    await one.put('runs/00000002.json.gz', Buffer.from('2'));
    await other.remove('runs/00000001.json.gz');
    await other.remove('runs/00000001.json.gz');
    expect(await one.read('runs/00000001.json.gz')).toBeUndefined();
    expect(await one.list('runs/')).toEqual(['runs/00000002.json.gz']);
    expect(await one.putIfAbsent('runs/00000001.json.gz', Buffer.from('again'))).toBe(true);
  });

  it.each(hostileKeys)('a key that is none is a bug: %j', async (key) => {
    const [store] = await open();
    for (const call of [() => store.read(key), () => store.put(key, every), () => store.putIfAbsent(key, every), () => store.remove(key)]) {
      await expect(call()).rejects.toThrow(/^not a key of a state: /);
    }
  });

  it.each(hostilePrefixes)('a prefix that is none is a bug: %j', async (prefix) => {
    const [store] = await open();
    await expect(store.list(prefix)).rejects.toThrow(/^not a prefix of a state: /);
  });
}
