import { isLiteral, withoutPlaceholders } from './literal-credentials.ts';

/** A place that is made for a credential; the group is what stands there. Bounded repeats only, since texts come from outside. */
interface Place {
  readonly pattern: RegExp;
  /** A word that must be in the text, in lower case, so that the pattern is tried on few; absent where there is no one word. */
  readonly word?: string;
  /** The group holds `user:password` in base64. */
  readonly encoded?: true;
}

const value = `("[^"\\n]{1,500}"|'[^'\\n]{1,500}'|[^\\s"'|;]{1,500})`;

const places: readonly Place[] = [
  {
    word: 'curl',
    pattern: new RegExp(`\\bcurl\\b[^\\n]{0,500}?\\s(?:-u|--user|--proxy-user)[ =]?["']?[^\\s:"'-][^\\s:"']{0,100}:${value}`, 'g'),
  },
  { word: 'wget', pattern: new RegExp(`\\bwget\\b[^\\n]{0,500}?\\s--(?:http-|ftp-|proxy-)?password[ =]${value}`, 'g') },
  { word: 'sshpass', pattern: new RegExp(`\\bsshpass\\s+-p\\s?${value}`, 'g') },
  {
    word: 'login',
    pattern: new RegExp(`\\b(?:docker|podman|helm registry|crane auth|oc|az acr)\\s+login\\b[^\\n]{0,300}?\\s-p[ =]${value}`, 'g'),
  },
  { word: 'mysql', pattern: new RegExp(`\\b(?:mysql|mysqldump|mysqladmin|mariadb)\\s[^\\n]{0,300}?\\s-p(?=[^\\s-])${value}`, 'g') },
  { word: 'redis-cli', pattern: new RegExp(`\\bredis-cli\\s[^\\n]{0,300}?-a ${value}`, 'g') },
  { word: 'chpasswd', pattern: /["'\s][a-z_][a-z0-9_-]{0,31}:([^\s"':$]{1,200})["']?\s{0,5}\|\s{0,5}(?:sudo\s+)?chpasswd/g },
  { word: 'chpasswd', pattern: /^[ \t]{0,20}(?:-[ \t]+)?[a-z_][a-z0-9_-]{0,31}:([^\s"':$]{1,200})$/gm },
  { word: 'machine', pattern: new RegExp(`\\bmachine\\s+\\S{1,200}\\s+login\\s+\\S{1,200}\\s+password\\s+${value}`, 'g') },
  {
    pattern:
      /\b(?:create|alter)\s+(?:user|role|login)\b[^;]{0,200}?\b(?:password|identified\s+(?:with\s+\S{1,40}\s+)?by)(?:\s+|\s*=\s*)N?'([^'\n]{1,200})'/gi,
  },
  { word: 'net user', pattern: new RegExp(`\\bnet user \\S{1,100} ${value}`, 'gi') },
  { word: 'openssl', pattern: /\s-pass(?:in|out)? pass:([^\s"']{1,500})/g },
  {
    word: 'aws configure set',
    pattern: new RegExp(`\\baws configure set \\S{0,100}aws_(?:secret_access_key|session_token) ${value}`, 'g'),
  },
  { word: 'convertto-securestring', pattern: /ConvertTo-SecureString\s+(?:-String\s+)?("[^"\n]{1,500}"|'[^'\n]{1,500}')/gi },
  {
    word: 'define',
    pattern: /\bdefine\(\s*['"]\w{0,100}(?:PASSWORD|PASS|SECRET|TOKEN|API_KEY)['"]\s*,\s*("[^"\n]{1,500}"|'[^'\n]{1,500}')/g,
  },
  // ~/.pgpass: host, port, database, user, password.
  { word: ':', pattern: /(?:^|["'\s])[\w.*-]{1,200}:\d{4,5}:[A-Za-z_*][\w-]{0,62}:[A-Za-z_*][\w-]{0,62}:([^\s:"',]{1,200})(?:$|["'\s])/gm },
  // The address of a database, as Go writes it.
  { word: '@', pattern: /(?:^|["'\s=])[\w.-]{1,100}:([^\s@/"']{1,200})@(?:tcp|unix)\(/g },
  { word: 'jdbc:oracle', pattern: /jdbc:oracle:\w{1,10}:[\w.$-]{1,100}\/([^\s@"']{1,200})@/gi },
  { word: 'auth', pattern: /"auth"\s{0,10}:\s{0,10}"([A-Za-z0-9+/]{8,4096}={0,2})"/g, encoded: true },
];

/** Whether a literal stands where commands, statements and files of accounts have their credential. */
export function holdsPlacedCredential(text: string): boolean {
  const open = withoutPlaceholders(text);
  const lower = open.toLowerCase();
  return places.some(
    ({ word, pattern, encoded }) => (word === undefined || lower.includes(word)) && hasLiteral(open, pattern, encoded === true),
  );
}

function hasLiteral(text: string, pattern: RegExp, encoded: boolean): boolean {
  for (const [, found = ''] of text.matchAll(pattern)) {
    const bare = found.replace(/^["']|["']$/g, '');
    const password = encoded ? passwordOf(Buffer.from(bare, 'base64').toString('utf8')) : bare;
    // cloud-init takes R and RANDOM for "make one".
    if (password !== 'RANDOM' && isLiteral(password)) return true;
  }
  return false;
}

function passwordOf(pair: string): string {
  return /^[^\s:\uFFFD]{1,200}:([^\s\uFFFD]{1,4000})$/.exec(pair)?.[1] ?? '';
}
