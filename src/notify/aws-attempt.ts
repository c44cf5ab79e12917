import type { Attempt, World } from './channel.ts';

/** Codes by which services say that another attempt may succeed; those of PutEvents' entries among them. */
const transient =
  /^(Throttl|TooManyRequests|SlowDown|RequestThrottled|RequestLimitExceeded|ServiceUnavailable|Internal(Failure|Error|Exception)|KMSThrottling)/;

/** One call of a client of the SDK, whose own retries are off. Messages of errors hold ARNs and more, so only names are passed on. */
export async function attemptAws(
  call: (abortSignal: AbortSignal) => Promise<Attempt>,
  { attemptMs }: World,
  signal: AbortSignal,
): Promise<Attempt> {
  try {
    return await call(AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]));
  } catch (error) {
    if (signal.aborted) return { ok: false, again: false, why: 'interrupted' };
    return classify(error);
  }
}

/** An error code of a service as the outcome of an attempt. */
export function refused(code: string | undefined): Attempt {
  const word = code !== undefined && /^[A-Za-z][A-Za-z0-9_.]{0,63}$/.test(code) ? code : 'refused';
  return { ok: false, again: transient.test(word), why: word };
}

function classify(error: unknown): Attempt {
  const { name, code, status } = factsOf(error);
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return { ok: false, again: false, why: 'no AWS credentials' };
  if (error instanceof Error && error.message === 'Region is missing') {
    return { ok: false, again: false, why: 'no AWS region; set AWS_REGION' };
  }
  if (name === 'TimeoutError' || name === 'AbortError') return { ok: false, again: true, why: 'no answer in time' };
  if (status !== undefined) {
    const again = status === 408 || status === 429 || status >= 500 || transient.test(name ?? '');
    return { ok: false, again, why: name === undefined ? `HTTP ${status}` : `${name}, HTTP ${status}` };
  }
  if (code !== undefined) return { ok: false, again: true, why: `no connection (${code})` };
  // No answer and no network explains these: a mistake of ours, which must not pass for a failed delivery.
  if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError) throw error;
  return refused(name);
}

function factsOf(error: unknown): { readonly name?: string; readonly code?: string; readonly status?: number } {
  if (typeof error !== 'object' || error === null) return {};
  const word = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value);
  const name: unknown = Reflect.get(error, 'name');
  const code: unknown = Reflect.get(error, 'code');
  const metadata: unknown = Reflect.get(error, '$metadata');
  const status: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return {
    ...(word(name) && !/^([A-Z][a-z]+)?Error$/.test(name) ? { name } : word(name) && /^(Timeout|Abort)Error$/.test(name) ? { name } : {}),
    ...(word(code) ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
}
