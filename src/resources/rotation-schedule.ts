import type { Maybe } from '../model/unknown.ts';

export interface ScheduleInterval {
  readonly intervalHours: number;
  readonly intervalDays: number;
  readonly expression?: string;
}

export function longestGapHours(expression: string): number | undefined {
  throw new Error(`not written yet: ${expression}`);
}

export function describeSchedule(input: { readonly expression?: string; readonly days?: number }): Maybe<ScheduleInterval> | undefined {
  throw new Error(`not written yet: ${typeof input}`);
}
