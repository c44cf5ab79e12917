import type { Run } from '../model/scan-result.ts';
import { gatherIncompleteness } from './incompleteness.ts';
import type { SarifCategory } from './sarif-category.ts';
import type { SarifDescriptor, SarifInvocation, SarifNotification } from './sarif-log.ts';

/** What the notifications of a run may be about. */
export const sarifNotifications: readonly SarifDescriptor[] = [
  {
    id: 'not-verified',
    name: 'NotVerified',
    shortDescription: { text: 'Part of what the policies ask could not be read.' },
    fullDescription: {
      text: 'Part of what the policies ask could not be read, so the findings that need it are unknown: neither failed nor passed.',
    },
    help: { text: 'Do what the notification says, then scan again.' },
    defaultConfiguration: { level: 'warning' },
  },
  {
    id: 'results-omitted',
    name: 'ResultsOmitted',
    shortDescription: { text: 'There were more results than a code scanning service takes.' },
    fullDescription: { text: 'There were more results than a code scanning service takes; the most severe ones were kept.' },
    help: { text: 'The JSON output holds every finding.' },
    defaultConfiguration: { level: 'warning' },
  },
];

/** The run as such: times only where the result has them, one notification for each cause of missing verdicts. */
export function sarifInvocation(run: Run, { scopes, findings }: SarifCategory, omitted: number): SarifInvocation {
  const causes = gatherIncompleteness(scopes, findings).map(({ action, reason, count, advice }): SarifNotification => {
    const what = action === undefined ? reason : `${action} ${reason}`;
    return notification('not-verified', `${what}: ${count} ${count === 1 ? 'resource' : 'resources'} with unknown findings. ${advice}`);
  });
  const cut = omitted > 0 ? [notification('results-omitted', `${omitted} less severe results were left out.`)] : [];
  return { executionSuccessful: true, ...timesOf(run), exitCode: run.exitCode, toolExecutionNotifications: [...causes, ...cut] };
}

function notification(id: string, text: string): SarifNotification {
  return { descriptor: { id }, level: 'warning', message: { text } };
}

function timesOf({ startedAt, durationMs }: Run): Pick<SarifInvocation, 'startTimeUtc' | 'endTimeUtc'> {
  if (startedAt === undefined) return {};
  const start = Date.parse(startedAt);
  return {
    startTimeUtc: new Date(start).toISOString(),
    ...(durationMs === undefined ? {} : { endTimeUtc: new Date(start + durationMs).toISOString() }),
  };
}
