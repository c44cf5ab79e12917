const day = 86_400_000;

/** A timestamp as JSON 1.1 has it: seconds, with a fraction where there is one. */
export function epochSeconds(epochMs: number | undefined): number | undefined {
  return epochMs === undefined ? undefined : epochMs / 1000;
}

/** The same, cut to the day (UTC), as Secrets Manager reports reads. */
export function epochDay(epochMs: number | undefined): number | undefined {
  return epochMs === undefined ? undefined : (Math.floor(epochMs / day) * day) / 1000;
}

/** Tags as a list; services disagree on what the members are called. */
export function tagList(
  tags: Readonly<Record<string, string>> | undefined,
  key: string,
  value: string,
): readonly Readonly<Record<string, string>>[] {
  return Object.entries(tags ?? {}).map(([name, text]) => ({ [key]: name, [value]: text }));
}

/** An answer whose one list is made of JSON texts that are kept, so that a page is a join. */
export function listAnswer(list: string, items: readonly string[], rest: Readonly<Record<string, unknown>>): string {
  const tail = JSON.stringify(rest).slice(1);
  return `{${JSON.stringify(list)}:[${items.join(',')}]${tail === '}' ? '' : ','}${tail}`;
}
