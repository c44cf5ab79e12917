import type { Attempt, World } from './channel.ts';

/**
 * One POST of JSON. Redirects are not followed: they would carry the message, and what it is signed with, to somebody else. Of the answer
 * only the status is looked at.
 */
export async function post(
  url: URL,
  body: string,
  headers: { readonly [name: string]: string },
  world: World,
  signal: AbortSignal,
): Promise<Attempt> {
  let answer: Response;
  try {
    answer = await world.fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'User-Agent': 'sealcheck', ...headers },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(world.attemptMs)]),
    });
  } catch (error) {
    return { ok: false, again: !signal.aborted, why: signal.aborted ? 'interrupted' : networkTrouble(error) };
  }
  await answer.body?.cancel().catch(() => undefined);
  const { status } = answer;
  if (status >= 200 && status < 300) return { ok: true };
  if (status >= 300 && status < 400) return { ok: false, again: false, why: `HTTP ${status}, a redirect, which is not followed` };
  const again = status === 408 || status === 429 || status >= 500;
  const retryAfterMs = again ? parseRetryAfter(answer.headers.get('retry-after'), world.now()) : undefined;
  return { ok: false, again, why: `HTTP ${status}`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Seconds or a date (RFC 9110, 10.2.3), as milliseconds from now; undefined for anything else. */
function parseRetryAfter(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** The messages of these errors hold hosts and addresses; their codes do not. */
function networkTrouble(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'no answer in time';
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? `no connection (${code})` : 'no connection';
}
