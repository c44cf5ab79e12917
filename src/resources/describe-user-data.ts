import { Unknown, type Maybe } from '../model/unknown.ts';
import type { ValueClassifier } from './secret-value.ts';
import type { UserData } from './user-data.ts';

/**
 * What the detector says of user data, as text or in base64. The script is looked at here and goes no further: neither
 * into what comes back nor into an error.
 */
export async function describeUserData(text: Maybe<string>, classify: ValueClassifier): Promise<UserData> {
  const script = text instanceof Unknown ? text : readScript(text);
  if (script instanceof Unknown) return { looksSecret: script, kind: script };
  try {
    const { looksSecret, kind } = await classify(script);
    return { looksSecret, ...(kind === undefined ? {} : { kind }) };
  } catch {
    // The error of a detector may quote what it read, so nothing of it is kept.
    const why = new Unknown('request-failed', 'the user data could not be classified');
    return { looksSecret: why, kind: why };
  }
}

/** The script itself, where it can be read. */
function readScript(text: string): Maybe<string> {
  // Before version 6 the AWS provider of Terraform keeps a SHA-1 in the state.
  if (/^[0-9a-f]{40}$/.test(text)) return new Unknown('not-in-source', 'only a hash of the user data stands here');
  if (!/^[A-Za-z0-9+/\s]{8,}={0,2}\s*$/.test(text) || /^#/.test(text)) return text;
  const bytes = Buffer.from(text, 'base64');
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return new Unknown('not-in-source', 'the user data are compressed, and are not unpacked');
  const decoded = bytes.toString('utf8');
  // What is no base64 gives bytes that are no text.
  return /[\uFFFD\0-\x08]/.test(decoded) ? text : decoded;
}
