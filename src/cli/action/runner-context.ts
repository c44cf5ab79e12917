import { readFileSync } from 'node:fs';
import { UserError } from '../../model/errors.ts';
import { isPlainObject } from '../../resources/decode.ts';
import type { Io } from '../io.ts';

/** Where and for what the step runs, as the runner says it (docs "Default environment variables"). */
export interface RunnerContext {
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly commitSha: string;
  /** `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string;
  /** Name of the event that started the workflow. */
  readonly event: string;
  /** The folder that the repository is checked out to. */
  readonly workspace: string;
  /** Whether a pull request comes from another repository: its token may then read alone. */
  readonly fromFork: boolean;
  /** Whether the event runs for a branch of this repository, and is about a pull request: what is judged may be that one's. */
  readonly onBehalfOfPullRequest: boolean;
}

/** Throws UserError where the runner has not said what an upload needs. */
export function runnerContext(env: Io['env']): RunnerContext {
  const need = (name: string): string => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    throw new UserError('usage', `${name} is not set, which an upload needs`, {
      hint: 'set upload-sarif to false outside of GitHub Actions',
    });
  };
  const repository = need('GITHUB_REPOSITORY');
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new UserError('usage', 'GITHUB_REPOSITORY is not owner/name');
  const event = readEvent(env['GITHUB_EVENT_PATH']);
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  return {
    apiUrl: secured(env['GITHUB_API_URL'] || 'https://api.github.com'),
    repository,
    commitSha: need('GITHUB_SHA'),
    ref: need('GITHUB_REF'),
    event: name,
    workspace: need('GITHUB_WORKSPACE'),
    fromFork: isFromFork(event, repository),
    onBehalfOfPullRequest: name === 'pull_request_target' || startedByPullRequest(event),
  };
}

/** A token is sent there: over the wire only by TLS. */
function secured(url: string): string {
  if (/^https:\/\/|^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new UserError('usage', 'GITHUB_API_URL is not an https address: the token is not sent there');
}

/** Undefined: it cannot be read, and says nothing. */
function readEvent(path: string | undefined): unknown {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Only for advice. */
function isFromFork(event: unknown, repository: string): boolean {
  const head = at(at(event, 'pull_request'), 'head');
  return head !== undefined && at(at(head, 'repo'), 'full_name') !== repository;
}

/** A workflow_run after one of a pull request, and a comment on one (docs "Events that trigger workflows"): their ref is the default branch. */
function startedByPullRequest(event: unknown): boolean {
  const before = at(at(event, 'workflow_run'), 'event');
  return (typeof before === 'string' && before.startsWith('pull_request')) || at(at(event, 'issue'), 'pull_request') !== undefined;
}

function at(value: unknown, key: string): unknown {
  return isPlainObject(value) ? value[key] : undefined;
}
