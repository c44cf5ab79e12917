import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { UserError } from '../../model/errors.ts';
import { isPlainObject } from '../../resources/decode.ts';
import type { RunnerContext } from './runner-context.ts';

/** How an upload reaches the network and waits; tests bring their own. */
export interface Net {
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
}

/** GitHub takes ten megabytes after compression (docs "SARIF support for code scanning", limits). */
const mostBytes = 10 * 1024 * 1024;
const attempts = 5;
/** GitHub works on an upload after it has taken it: how long to wait between questions, milliseconds; two minutes in all. */
const questions = [0, 2_000, 4_000, 8_000, 16_000, 30_000, 60_000];
const timeout = 60_000;

/**
 * Uploads a SARIF file to code scanning (docs "REST API endpoints for code scanning", `POST …/code-scanning/sarifs`), and asks what became
 * of it. `processed` is false where GitHub has not finished after two minutes. Throws UserError `upload-failed`, without the token in it.
 */
export async function uploadSarif(
  sarif: string,
  token: string,
  context: RunnerContext,
  net: Net,
): Promise<{ readonly processed: boolean }> {
  const zipped = gzipSync(sarif);
  if (zipped.length > mostBytes) {
    throw failed(
      `the file has ${(zipped.length / 1_000_000).toFixed(1)} MB after compression, and GitHub takes 10`,
      'choose fewer policies',
    );
  }
  const body = JSON.stringify({
    commit_sha: context.commitSha,
    ref: context.ref,
    sarif: zipped.toString('base64'),
    checkout_uri: pathToFileURL(context.workspace).href,
    tool_name: 'sealcheck',
  });
  const place = `${context.apiUrl}/repos/${context.repository}/code-scanning/sarifs`;
  const answer = await send(place, token, net, { method: 'POST', body });
  if (!answer.ok) throw refused(answer, await messageOf(answer, token), context);
  const id: unknown = ((await jsonOf(answer)) as { readonly id?: unknown } | undefined)?.id;
  // What stands between may answer with a page of its own, and nothing was uploaded then.
  if (typeof id !== 'string' || id === '') throw failed(`the answer is not that of GitHub: ${answer.status} without the id of an upload`);
  return await waitFor(`${place}/${encodeURIComponent(id)}`, token, net);
}

async function waitFor(place: string, token: string, net: Net): Promise<{ readonly processed: boolean }> {
  for (const pause of questions) {
    if (pause > 0) await net.sleep(pause);
    const answer = await send(place, token, net, {});
    const state = answer.ok ? await jsonOf(answer) : undefined;
    if (!isPlainObject(state)) continue;
    if (state['processing_status'] === 'complete') return { processed: true };
    if (state['processing_status'] !== 'failed') continue;
    const errors = Array.isArray(state['errors']) ? state['errors'].filter((one) => typeof one === 'string') : [];
    throw failed(`GitHub could not process the file: ${hide(errors.join('; '), token) || 'it does not say why'}`);
  }
  return { processed: false };
}

/** Again after what may pass: no answer, 429, 5xx. The last answer is returned whatever it is. */
async function send(url: string, token: string, net: Net, request: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    try {
      const answer = await net.fetch(url, { ...request, ...shared(token), signal: AbortSignal.timeout(timeout) });
      if (last || (answer.status !== 429 && answer.status < 500)) return answer;
      await net.sleep(pauseOf(answer, attempt));
    } catch (error) {
      const cause = (error as { readonly cause?: { readonly code?: unknown } }).cause?.code;
      const why = typeof cause === 'string' ? cause : error instanceof Error ? error.name : 'error';
      if (last) throw failed(`no answer from ${new URL(url).host} after ${attempts} attempts: ${why}`);
      await net.sleep(backoff(attempt));
    }
  }
}

/** Redirects are not followed: the token is for this host alone. */
function shared(token: string): RequestInit {
  return {
    redirect: 'error',
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'user-agent': 'sealcheck',
      'x-github-api-version': '2022-11-28',
    },
  };
}

const backoff = (attempt: number): number => 1000 * 2 ** (attempt - 1);

/** As long as the service asks for, up to a minute. */
function pauseOf({ headers }: Response, attempt: number): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, 60_000) : backoff(attempt);
}

function refused({ status }: Response, said: string, { fromFork, repository }: RunnerContext): UserError {
  const text = `GitHub refused the file: ${status} ${said}`.trim();
  switch (status) {
    case 401:
      return failed(text, 'the input token is no valid token; leave it out for that of the job');
    case 403:
      return fromFork
        ? failed(
            text,
            'the token of a pull request from a fork may not upload: set upload-sarif to ${{ !github.event.pull_request.head.repo.fork }}, and upload on push',
          )
        : failed(text, `give the job permissions: security-events: write, and see that code scanning is enabled in ${repository}`);
    case 404:
      return failed(text, `code scanning is not enabled in ${repository}, or the token does not reach it`);
    default:
      return failed(text);
  }
}

async function messageOf(answer: Response, token: string): Promise<string> {
  const json = await jsonOf(answer);
  const message = isPlainObject(json) ? json['message'] : undefined;
  return typeof message === 'string' ? hide(message.slice(0, 500), token) : '';
}

async function jsonOf(answer: Response): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}

const hide = (text: string, token: string): string => text.replaceAll(token, '***');
const failed = (text: string, hint?: string): UserError => new UserError('upload-failed', text, hint === undefined ? {} : { hint });
