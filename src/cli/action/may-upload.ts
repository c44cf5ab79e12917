import type { ScanResult } from '../../model/scan-result.ts';
import type { RunnerContext } from './runner-context.ts';

/** Whether everything was read that the run was asked to read, and nothing may be missing from what it is about. */
export function isComplete({ run, scopes }: ScanResult): boolean {
  return (
    run.outcome !== 'interrupted' &&
    scopes.length > 0 &&
    scopes.every(({ status, gaps, whole }) => status === 'complete' && gaps.length === 0 && whole !== false)
  );
}

/**
 * Why a SARIF file must not be uploaded; undefined if it may. GitHub takes what a category lacks for fixed. The reporter writes each category
 * whole, or with what a state carries on, or leaves it out. So a file with runs is safe though the result may be incomplete; what the reporter
 * cannot know is where the file goes.
 */
export function whyNotUploaded(
  { run, scopes }: ScanResult,
  runs: number,
  { ref, event, onBehalfOfPullRequest }: Pick<RunnerContext, 'ref' | 'event' | 'onBehalfOfPullRequest'>,
): string | undefined {
  if (run.outcome === 'interrupted') return 'the scan was interrupted';
  if (runs === 0) return 'nothing was read as a whole, and an upload without results would close every alert';
  if (onBehalfOfPullRequest) {
    return `${event} runs for a branch, whose alerts the results of a pull request must not replace; use pull_request`;
  }
  if (scopes.some(({ whole }) => whole === false) && !ref.startsWith('refs/pull/')) {
    return 'the scan holds only a part of what there is (--changed-only or a targeted plan), which closes the alerts of the rest on a branch';
  }
  return undefined;
}
