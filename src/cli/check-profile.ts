import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../expressions/nearest-name.ts';
import { UserError } from '../model/errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Refuses a profile that neither shared file of the AWS configuration has: the SDK would go on to the next place where credentials may
 * be, such as the role of the machine. Where a file cannot be read or found, the SDK has the word.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
 * Throws UserError `credentials-failed`.
 */
export function checkProfile(profile: string, env: Env): void {
  const texts = sharedFiles(env).map(readText);
  if (texts.includes(undefined)) return;
  const names = texts.flatMap((text) => profilesIn(text ?? ''));
  if (names.includes(profile)) return;
  const nearest = nearestName(profile, names);
  throw new UserError('credentials-failed', `there is no profile ${profile} in ${sharedFiles(env).join(' or ')}`, {
    hint: nearest === undefined ? 'name another with --profile, or make it with aws configure --profile' : `did you mean ${nearest}?`,
  });
}

function sharedFiles(env: Env): readonly string[] {
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  return [env['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config'), env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials')];
}

/** Empty for a file that is not there; undefined for one that cannot be read. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? '' : undefined;
  }
}

/** The names in the headings: `[name]`, `[profile name]`, `[profile "my name"]`. */
function profilesIn(text: string): readonly string[] {
  return [...text.matchAll(/^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]/gm)].map(([, name = '']) => name);
}
