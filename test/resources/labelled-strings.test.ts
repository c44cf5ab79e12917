import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { describeVariable } from '../../src/resources/describe-variable.ts';
import { createValueClassifier } from '../../src/resources/secret-value.ts';

type Part = string | { readonly fill: string; readonly length: number };

interface Labelled {
  readonly name: string;
  readonly value: string | readonly Part[];
  readonly label: 'secret' | 'plain';
  readonly kind: string;
  readonly missed?: string;
}

interface Judged extends Labelled {
  readonly text: string;
  readonly found: boolean;
  readonly foundKind: unknown;
}

const entries = parse(readFileSync(new URL('labelled-strings.yaml', import.meta.url), 'utf8')) as readonly Labelled[];
const secrets = entries.filter(({ label }) => label === 'secret');
const plain = entries.filter(({ label }) => label === 'plain');

let judged: readonly Judged[];
beforeAll(async () => {
  const classify = await createValueClassifier();
  judged = await Promise.all(
    entries.map(async (entry) => {
      const text = textOf(entry.value);
      const { looksSecret, kind } = await describeVariable(entry.name, { kind: 'literal', text }, classify);
      return { ...entry, text, found: looksSecret === true, foundKind: kind };
    }),
  );
});

function textOf(value: Labelled['value']): string {
  return typeof value === 'string' ? value : value.map(textOfPart).join('');
}

function textOfPart(part: Part): string {
  return typeof part === 'string' ? part : part.fill.repeat(part.length).slice(0, part.length);
}

/** The strings are invented, so they may be shown. */
const shown = ({ name, text }: Judged) => `${name}=${text}`;

describe('the strings themselves', () => {
  it('are many, of both labels, and none stands twice', () => {
    expect(secrets.length).toBeGreaterThanOrEqual(100);
    expect(plain.length).toBeGreaterThanOrEqual(100);
    expect(secrets.length + plain.length).toBe(entries.length);
    const keys = entries.map(({ name, value }) => `${name}=${textOf(value)}`);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it('are invented and can be seen to be', () => {
    const visible = /fake|fa0e|0fa4e0|example|keyboard cat|changeme|48291357|4829|root|postgres|\$ecret|c3ZjOkZha2/i;
    const decoded = (text: string) => Buffer.from(text, 'base64').toString();
    expect(
      judged.filter(({ label, text }) => label === 'secret' && !visible.test(text) && !visible.test(decoded(text))).map(shown),
    ).toEqual([]);
  });
});

describe('no false alarm', () => {
  it.each([...new Set(plain.map(({ kind }) => kind))])('on what is of class %s', (kind) => {
    expect(judged.filter((entry) => entry.label === 'plain' && entry.kind === kind && entry.found).map(shown)).toEqual([]);
  });

  it('is asserted of every class that people are blamed for', () => {
    const classes = ['arn', 'uuid', 'hash', 'path', 'image', 'url', 'reference', 'identifier', 'setting', 'public-key', 'encoded'];
    for (const kind of classes) expect(plain.filter((entry) => entry.kind === kind).length, kind).toBeGreaterThanOrEqual(5);
  });
});

describe('credentials', () => {
  it('are found, but for those that say why not', () => {
    const missed = judged.filter(({ label, found }) => label === 'secret' && !found);
    expect(missed.map(shown)).toEqual(judged.filter((entry) => entry.missed !== undefined).map(shown));
  });

  it('are called what they are', () => {
    const wrong = judged.filter(({ label, found, kind, foundKind }) => label === 'secret' && found && kind !== foundKind);
    expect(wrong.map((entry) => `${shown(entry)}: ${String(entry.foundKind)}`)).toEqual([]);
  });

  it('precision and recall', () => {
    const hits = judged.filter(({ label, found }) => label === 'secret' && found).length;
    const alarms = judged.filter(({ found }) => found).length;
    const precision = hits / alarms;
    const recall = hits / secrets.length;
    const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
    const missed = judged
      .filter(({ missed: why }) => why !== undefined)
      .map((entry) => `  missed: ${shown(entry)} (${entry.missed ?? ''})`);
    console.info(
      [
        `${String(entries.length)} labelled strings, ${String(secrets.length)} of them credentials: precision ${percent(precision)}, recall ${percent(recall)}`,
        ...missed,
      ].join('\n'),
    );
    expect(precision).toBe(1);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });
});
