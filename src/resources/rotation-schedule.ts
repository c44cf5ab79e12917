import { Unknown, type Maybe } from '../model/unknown.ts';
import { parseCron } from './cron-expression.ts';
import { longestCronGapHours } from './cron-gap.ts';

export interface ScheduleInterval {
  /** Longest gap between two rotations that the schedule allows. */
  readonly intervalHours: number;
  /** The same in days, rounded up. */
  readonly intervalDays: number;
  /** Absent when only days are set. */
  readonly expression?: string;
}

/** AWS takes at most 256 characters. */
const longestExpression = 256;

const remembered = new Map<string, number | undefined>();
const mostRemembered = 1000;

/**
 * Longest gap between two rotations that a `rate()` or `cron()` expression of Secrets Manager allows, in hours, the
 * rotation window aside. Undefined for one that cannot be read or never fires.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function longestGapHours(expression: string): number | undefined {
  if (expression.length > longestExpression) return undefined;
  if (remembered.has(expression)) return remembered.get(expression);
  const hours = computeGapHours(expression);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(expression, hours);
  return hours;
}

function computeGapHours(expression: string): number | undefined {
  const [, kind, body = ''] = /^\s*(rate|cron)\s*\(([^()]*)\)\s*$/i.exec(expression) ?? [];
  switch (kind?.toLowerCase()) {
    case 'rate':
      return rateHours(body);
    case 'cron': {
      const cron = parseCron(body);
      return cron && longestCronGapHours(cron);
    }
    default:
      return undefined;
  }
}

function rateHours(body: string): number | undefined {
  const [, count, unit = ''] = /^\s*(\d{1,6})\s+(hour|day)s?\s*$/i.exec(body) ?? [];
  const hours = Number(count ?? 0) * (unit.toLowerCase() === 'day' ? 24 : 1);
  return hours > 0 ? hours : undefined;
}

/**
 * The interval of a rotation schedule. The expression wins over the days, as in AWS, where the days of an answer are
 * computed from it. Undefined when neither is set (blank, or not above zero); Unknown when the expression cannot be read.
 */
export function describeSchedule({
  expression,
  days,
}: {
  readonly expression?: string;
  readonly days?: number;
}): Maybe<ScheduleInterval> | undefined {
  if (expression !== undefined && expression.trim() !== '') {
    const intervalHours = longestGapHours(expression);
    if (intervalHours === undefined) return new Unknown('malformed-response', `the rotation schedule cannot be read: ${quote(expression)}`);
    return { intervalHours, intervalDays: Math.ceil(intervalHours / 24), expression };
  }
  if (days === undefined || !Number.isInteger(days) || days <= 0) return undefined;
  if (!Number.isSafeInteger(days * 24)) return new Unknown('malformed-response', 'the rotation schedule has more days than there are');
  return { intervalHours: days * 24, intervalDays: days };
}

function quote(expression: string): string {
  return JSON.stringify(expression.length > 80 ? `${expression.slice(0, 80)}…` : expression);
}
