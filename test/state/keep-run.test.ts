import { expect, it } from 'vitest';
import type { RunState } from '../../src/model/run-state.ts';
import { keepRun } from '../../src/state/keep-run.ts';
import { encodeRun, listRuns } from '../../src/state/run-files.ts';
import { runKey } from '../../src/state/object-names.ts';
import { keptRun } from '../notify/runs.ts';
import { memoryStore } from '../notify/world.ts';

it.each([
  [90, [...Array.from({ length: 14 }, (_, index) => index + 1)]],
  [10, [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]],
])('runs that the history has no room for are kept for their %i days all the same', async (retainDays, expected) => {
  const store = memoryStore();
  const run = (sequence: number): RunState => keptRun(sequence, [], { asOf: new Date(Date.UTC(2026, 0, sequence)).toISOString() });
  for (let sequence = 1; sequence < 14; sequence += 1) store.objects.set(runKey(sequence), encodeRun(run(sequence)));
  const now = Date.UTC(2026, 0, 13);
  await keepRun(store, run(13), () => run(14), { retainDays, now, render: () => '', warn: (text) => expect.fail(text) });
  expect(await listRuns(store)).toEqual(expected);
});
