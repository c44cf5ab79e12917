import { Unknown } from '../../model/unknown.ts';
import { describeUserData } from '../../resources/describe-user-data.ts';
import type { ValueClassifier } from '../../resources/secret-value.ts';
import type { UserData } from '../../resources/user-data.ts';

/**
 * What user data look like that may come in several versions, each in base64; undefined when none has any. One that holds a
 * credential decides, then one that cannot be told. The scripts go no further.
 */
export async function describeVersions(
  versions: readonly (string | undefined)[],
  classify: ValueClassifier,
): Promise<UserData | undefined> {
  const described: UserData[] = [];
  for (const text of new Set(versions)) if (text) described.push(await describeUserData(text, classify));
  return (
    described.find(({ looksSecret }) => looksSecret === true) ??
    described.find(({ looksSecret }) => looksSecret instanceof Unknown) ??
    described[0]
  );
}
