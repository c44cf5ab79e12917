import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runnerContext } from '../../src/cli/action/runner-context.ts';
import { uploadSarif } from '../../src/cli/action/sarif-upload.ts';
import { accepts, fakeGitHub, type Answer, type Received } from '../support/fake-github.ts';

const token = 'FAKE-TOKEN-OF-A-TEST-0123456789';
const sarif = '{"version":"2.1.0","runs":[{}]}';

function contextOf(url: string) {
  return runnerContext({
    GITHUB_API_URL: url,
    GITHUB_REPOSITORY: 'acme/infra',
    GITHUB_SHA: 'abc',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_WORKSPACE: '/checkout',
  });
}

/** Uploads to what answers so, and notes for how long it would have slept. */
async function upload(answer: (request: Received, before: number) => Answer) {
  const github = await fakeGitHub(answer);
  const pauses: number[] = [];
  const sleep = (ms: number): Promise<void> => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const outcome = await uploadSarif(sarif, token, contextOf(github.url), { fetch, sleep }).then(
    (value) => value,
    (error: unknown) => error as Error & { hint?: string; code?: string },
  );
  return { outcome, pauses, received: github.received };
}

/** These answers in turn, then as a service that takes the file. */
const first =
  (...answers: readonly Answer[]) =>
  (request: Received, before: number): Answer =>
    answers[before] ?? accepts(request);

describe('an upload to code scanning', () => {
  it('asks what became of it until it is processed', async () => {
    const pending: Answer = { status: 200, body: { processing_status: 'pending' } };
    const { outcome, pauses, received } = await upload(first({ status: 202, body: { id: 'a/b' } }, { status: 404 }, pending));
    expect(outcome).toEqual({ processed: true });
    expect(pauses).toEqual([2000, 4000]);
    expect(received.map(({ path }) => path)).toEqual([
      '/repos/acme/infra/code-scanning/sarifs',
      ...Array<string>(3).fill('/repos/acme/infra/code-scanning/sarifs/a%2Fb'),
    ]);
    expect(received.every(({ authorization }) => authorization === `Bearer ${token}`)).toBe(true);
  });

  it.each<readonly [string, Answer]>([
    ['nothing', { status: 200 }],
    ['a page of its own', { status: 200, body: '<html>sign in</html>' }],
    ['an id that is none', { status: 202, body: { id: '' } }],
  ])('of which a proxy says 2xx with %s is a failure, not an upload that is still worked on', async (_name, answer) => {
    const { outcome, received } = await upload(first(answer));
    expect(outcome).toMatchObject({ code: 'upload-failed', message: expect.stringContaining('without the id of an upload') as string });
    expect(received).toHaveLength(1);
  });

  it('gives up asking after two minutes, which is no failure', async () => {
    const pending: Answer = { status: 200, body: { processing_status: 'pending' } };
    const { outcome, pauses } = await upload((request) => (request.method === 'POST' ? accepts(request) : pending));
    expect(outcome).toEqual({ processed: false });
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(120_000);
  });

  it.each([
    ['503', { status: 503 }, [1000, 2000]],
    ['429 that says how long', { status: 429, headers: { 'retry-after': '7' } }, [7000, 7000]],
    ['429 that asks for an hour', { status: 429, headers: { 'retry-after': '3600' } }, [60_000, 60_000]],
  ] as const)('tries again after %s', async (_name, answer, expected) => {
    const { outcome, pauses, received } = await upload(first(answer, answer));
    expect(outcome).toEqual({ processed: true });
    expect(pauses).toEqual(expected);
    expect(received.filter(({ method }) => method === 'POST').map(({ body }) => body?.['sarif'])).toEqual(
      Array(3).fill(received[0]?.body?.['sarif']),
    );
  });

  it.each<readonly [string, Answer, number, RegExp, RegExp]>([
    ['500 for good', { status: 500 }, 5, /refused the file: 500/, /^$/],
    ['a token that is none', { status: 401, body: { message: 'Bad credentials' } }, 1, /401 Bad credentials/, /input token/],
    ['no permission', { status: 403, body: { message: `no ${token}` } }, 1, /403 no \*\*\*$/, /security-events: write/],
    ['no code scanning', { status: 404 }, 1, /404$/, /code scanning is not enabled in acme\/infra/],
    ['what it cannot read', { status: 422, body: { message: 'bad ref' } }, 1, /422 bad ref/, /^$/],
    ['a page in place of an answer', { status: 400, body: ['x'] }, 1, /400$/, /^$/],
  ])('fails for %s, and says what to do', async (_name, answer, times, message, hint) => {
    const { outcome, received } = await upload(() => answer);
    expect(received).toHaveLength(times);
    expect(outcome).toMatchObject({ name: 'UserError', code: 'upload-failed' });
    if (!(outcome instanceof Error)) throw new Error('it succeeded');
    expect(outcome.message).toMatch(message);
    expect(outcome.hint ?? '').toMatch(hint);
    expect(JSON.stringify([outcome.message, outcome.hint])).not.toContain(token);
  });

  it('fails where GitHub cannot process the file, with its reasons', async () => {
    const bad: Answer = { status: 200, body: { processing_status: 'failed', errors: ['locationFromSarifResult', `x ${token}`] } };
    const { outcome } = await upload((request) => (request.method === 'POST' ? accepts(request) : bad));
    expect(outcome).toMatchObject({ message: 'GitHub could not process the file: locationFromSarifResult; x ***' });
  });

  it('does not follow a redirect with the token', async () => {
    const elsewhere = await fakeGitHub();
    const { outcome } = await upload(() => ({ status: 307, headers: { location: elsewhere.url } }));
    expect(outcome).toMatchObject({ code: 'upload-failed' });
    expect(elsewhere.received).toEqual([]);
  });

  it('fails where nobody answers', async () => {
    const sleep = (): Promise<void> => Promise.resolve();
    await expect(uploadSarif(sarif, token, contextOf('http://127.0.0.1:9'), { fetch, sleep })).rejects.toThrow(
      /no answer from 127\.0\.0\.1:9/,
    );
  });

  it('refuses a file that GitHub would refuse, before it is sent', async () => {
    const github = await fakeGitHub();
    const large = randomBytes(11_000_000).toString('hex');
    await expect(uploadSarif(large, token, contextOf(github.url), { fetch, sleep: () => Promise.resolve() })).rejects.toThrow(
      /MB after compression/,
    );
    expect(github.received).toEqual([]);
  });
});

describe('where an upload goes', () => {
  const env = { GITHUB_REPOSITORY: 'a/b', GITHUB_SHA: 'x', GITHUB_REF: 'refs/heads/main', GITHUB_WORKSPACE: '/w' };

  it.each(['http://api.github.com', 'http://127.0.0.1.example.com', 'ftp://127.0.0.1', 'x'])('never to %s', (url) => {
    expect(() => runnerContext({ ...env, GITHUB_API_URL: url })).toThrow('not an https address');
  });

  it('by default to api.github.com', () => expect(runnerContext(env).apiUrl).toBe('https://api.github.com'));

  it.each(Object.keys(env))('nowhere without %s', (name) => {
    expect(() => runnerContext({ ...env, [name]: '' })).toThrow(`${name} is not set`);
  });

  it('not to a repository that is no name', () => {
    expect(() => runnerContext({ ...env, GITHUB_REPOSITORY: 'a/../../b' })).toThrow('not owner/name');
  });
});
