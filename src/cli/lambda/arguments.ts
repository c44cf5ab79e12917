export interface RunArguments {
  readonly args: readonly string[];
  /** Of a run after it. Absent: there is none. */
  readonly notifyArgs?: readonly string[];
}

/**
 * What an invocation is to run. Arguments of the event are a run by hand, which notifies nobody. Throws Error for what is no list of words;
 * what was there instead is not repeated.
 */
export function readArguments(event: unknown, env: { readonly [name: string]: string | undefined }): RunArguments {
  const given = typeof event === 'object' && event !== null && 'args' in event ? event.args : undefined;
  if (given !== undefined) return { args: wordsOf(given, '`args` of the event') };
  const args = wordsIn(env, 'SEALCHECK_ARGS');
  if (args === undefined) throw new Error('nothing to run: the event has no `args`, and SEALCHECK_ARGS is not set');
  const notifyArgs = wordsIn(env, 'SEALCHECK_NOTIFY_ARGS');
  return { args, ...(notifyArgs === undefined ? {} : { notifyArgs }) };
}

/** A variable that is empty counts as not set. */
function wordsIn(env: { readonly [name: string]: string | undefined }, name: string): readonly string[] | undefined {
  const text = env[name]?.trim() ?? '';
  return text === '' ? undefined : wordsOf(parsed(text), name);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function wordsOf(value: unknown, name: string): readonly string[] {
  if (Array.isArray(value) && value.length > 0 && value.every((word): word is string => typeof word === 'string')) return value;
  throw new Error(`${name} must be a JSON list of words, as in ["scan", "--aws"]`);
}
