/** Where runs lie; a prefix for `list`. */
export const runPrefix = 'runs/';

/** The key of a run. The sequence has eight digits, so that the order of keys is that of runs. Throws Error for what is no sequence. */
export function runKey(sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > 99_999_999) throw new Error(`not the sequence of a run: ${sequence}`);
  return `${runPrefix}${String(sequence).padStart(8, '0')}.json.gz`;
}

/** The sequence of the run under a key; undefined where the key is not that of a run. */
export function sequenceOf(key: string): number | undefined {
  const [, digits] = /^runs\/(\d{8})\.json\.gz$/.exec(key) ?? [];
  const sequence = Number(digits ?? 0);
  return sequence === 0 ? undefined : sequence;
}
