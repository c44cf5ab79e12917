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
  return {
    apiUrl: secured(env['GITHUB_API_URL'] || 'https://api.github.com'),
    repository,
    commitSha: need('GITHUB_SHA'),
    ref: need('GITHUB_REF'),
    event: env['GITHUB_EVENT_NAME'] ?? '',
    workspace: need('GITHUB_WORKSPACE'),
    fromFork: isFromFork(env['GITHUB_EVENT_PATH'], repository),
  };
}

/** A token is sent there: over the wire only by TLS. */
function secured(url: string): string {
  if (/^https:\/\/|^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$)/.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '');
  throw new UserError('usage', 'GITHUB_API_URL is not an https address: the token is not sent there');
}

/** Only for advice: an event that cannot be read says nothing. */
function isFromFork(path: string | undefined, repository: string): boolean {
  if (path === undefined || path === '') return false;
  try {
    const event: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const head = at(at(event, 'pull_request'), 'head');
    const from = at(at(head, 'repo'), 'full_name');
    return head !== undefined && from !== repository;
  } catch {
    return false;
  }
}

function at(value: unknown, key: string): unknown {
  return isPlainObject(value) ? value[key] : undefined;
}
