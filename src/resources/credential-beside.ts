import { withoutPlaceholders } from './literal-credentials.ts';
import { holdsPlacedCredential } from './placed-credentials.ts';
import { findSecretShape } from './secret-patterns.ts';

/** Names, or an address, stand in the text: what is a credential there is told by them, and not by how a part looks. */
const isStructured = /^\s*[{[]|:\/\/|\n|(?:^|[;&,\s])[A-Za-z][\w ]{0,40}=[^;&]*[;&]\s*[A-Za-z][\w ]{0,40}=/;

/**
 * Whether what is written out in the value of a credential is a credential by itself, though more is joined to it. The rest
 * of the value stands as `${name}`. `yes` for letters of both cases with digits, and for digits with signs of punctuation;
 * `perhaps` for small letters with digits, which may be a name; `no` for words, such as the `-suffix` of something made elsewhere.
 */
export function credentialBeside(text: string): 'yes' | 'perhaps' | 'no' {
  if (findSecretShape(text) !== undefined || holdsPlacedCredential(text)) return 'yes';
  const open = withoutPlaceholders(text);
  if (isStructured.test(open)) return 'no';
  const answers = open.split('\uE000').map(judgePart);
  return answers.includes('yes') ? 'yes' : answers.includes('perhaps') ? 'perhaps' : 'no';
}

function judgePart(part: string): 'yes' | 'perhaps' | 'no' {
  if (/^\s*(?:arn:|\/)/.test(part)) return 'no';
  const words = part.split(/[\s\-_.:/@,;|]+/).filter((word) => word.length >= 6 && /\d/.test(word) && /[A-Za-z]/.test(word));
  if (words.some((word) => word.length >= 8 && (/[^\w]/.test(word) || (/[a-z]/.test(word) && /[A-Z]/.test(word))))) return 'yes';
  return words.length > 0 || (/\d{6,}/.test(part) && !/\d{12}/.test(part)) ? 'perhaps' : 'no';
}
