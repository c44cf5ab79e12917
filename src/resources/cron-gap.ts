import type { CronExpression } from './cron-expression.ts';

/** The calendar repeats after 28 years, dates and weekdays alike, as long as no century without a leap day comes between. */
const cycleYears = 28;
const cycleDays = 10_227;
const firstYear = 2000;

interface CalendarDay {
  readonly month: number;
  readonly day: number;
  readonly dayOfWeek: number;
  readonly monthLength: number;
}

let calendar: readonly CalendarDay[] | undefined;

/** Longest time between two fires, in hours, whichever year it starts in; undefined for a schedule that never fires. */
export function longestCronGapHours({ hours, months, firesOn }: CronExpression): number | undefined {
  const firstHour = hours[0];
  const lastHour = hours.at(-1);
  const days = (calendar ??= makeCalendar()).flatMap((date, index) => (months.has(date.month) && firesOn(date) ? [index] : []));
  const firstDay = days[0];
  if (firstHour === undefined || lastHour === undefined || firstDay === undefined) return undefined;
  const dayGap = longestStep([...days, firstDay + cycleDays]);
  return Math.max(longestStep(hours), dayGap * 24 + firstHour - lastHour);
}

function longestStep(ascending: readonly number[]): number {
  return ascending.reduce((longest, value, index) => Math.max(longest, value - (ascending[index - 1] ?? value)), 0);
}

function makeCalendar(): readonly CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let year = firstYear; year < firstYear + cycleYears; year++) {
    for (let month = 1; month <= 12; month++) {
      const monthLength = new Date(Date.UTC(year, month, 0)).getUTCDate();
      const firstWeekday = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
      for (let day = 1; day <= monthLength; day++) {
        days.push({ month, day, dayOfWeek: ((firstWeekday + day - 1) % 7) + 1, monthLength });
      }
    }
  }
  return days;
}
