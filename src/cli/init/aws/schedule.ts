import { UserError } from '../../../model/errors.ts';
import { longestGapHours } from '../../../resources/rotation-schedule.ts';

/** How often a scheduled job runs. */
export interface RunSchedule {
  /** `rate(…)` or `cron(…)`, as EventBridge Scheduler takes it; cron in UTC. */
  readonly expression: string;
  /** After so many hours without a run one was missed: the longest gap and two hours more. Undefined: no alarm can look back that far. */
  readonly silentHours: number | undefined;
}

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html (Period: at most seven days in all) */
const mostAlarmHours = 7 * 24;
const slackHours = 2;

/**
 * Reads a schedule of EventBridge Scheduler. Throws UserError `usage` for one that cannot be read, runs once, or more than once an hour.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseSchedule(text: string): RunSchedule {
  const expression = text.trim();
  const minutes = /^rate\((\d{1,6}) minutes?\)$/.exec(expression)?.[1];
  const hours = minutes === undefined ? gapHours(expression) : Number(minutes) / 60;
  if (hours === undefined) {
    throw new UserError('usage', `--schedule: ${JSON.stringify(expression.slice(0, 80))} is not a schedule that can be read`, {
      hint: "write 'rate(1 day)', 'rate(12 hours)' or 'cron(0 6 * * ? *)', which is every day at 6:00 UTC",
    });
  }
  if (hours < 1) throw new UserError('usage', '--schedule: a run may take 15 minutes, so once an hour is the most');
  const silent = Math.ceil(hours) + slackHours;
  return { expression, silentHours: silent > mostAlarmHours ? undefined : silent };
}

/** The two fields of days take `?` for each other, as in the rotation schedules of Secrets Manager, which have the same form. */
function gapHours(expression: string): number | undefined {
  return /^(rate\(\d+ (hour|day)s?\)|cron\([^()\s]+(?: [^()\s]+)*\))$/.test(expression) ? longestGapHours(expression) : undefined;
}
