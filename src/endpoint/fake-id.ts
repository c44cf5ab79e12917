const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 32 well mixed bits of a text (FNV-1a, finished as in MurmurHash3): a stand-in for chance that repeats. */
export function hashOf(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number in [0, 1) that depends on the text and the seed alone. */
export function chanceOf(text: string, seed = 0): number {
  return hashOf(text, seed) / 0x1_0000_0000;
}

/** A UUID, always the same for the same seed. */
export function fakeUuid(seed: string): string {
  const hex = [1, 2, 3, 4].map((part) => hashOf(seed, part).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** The characters that Secrets Manager puts behind a name: six, from letters and digits. */
export function fakeSuffix(seed: string): string {
  return letters(seed, 6, base62);
}

/** An IAM unique id of 21 characters, such as `AROAFAKE…`. */
export function fakeUniqueId(prefix: 'AIDA' | 'AGPA' | 'AROA' | 'ANPA', seed: string): string {
  return `${prefix}FAKE${letters(prefix + seed, 13, base32)}`;
}

function letters(seed: string, length: number, alphabet: string): string {
  let text = '';
  for (let index = 0; index < length; index += 1) text += alphabet.charAt(hashOf(seed, index + 1) % alphabet.length);
  return text;
}
