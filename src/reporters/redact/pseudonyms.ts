import { createHmac } from 'node:crypto';

/** What stands in place of account ids, names and hashes of them. The same text has the same pseudonym under one key. */
export interface Pseudonyms {
  /** Twelve digits, the first two of them 0, so that ARNs and findings.json stay what they are. */
  readonly account: (id: string) => string;
  /** `name-` and twelve hex digits; an empty name stays empty. */
  readonly name: (name: string) => string;
  /** Of a hash that could be guessed by trying account ids and names: as many hex digits as are asked for. */
  readonly hash: (hash: string, digits: number) => string;
  /** Of the id of a run. */
  readonly run: (id: string) => string;
}

/** Keyed by HMAC-SHA256: without the key, nobody can try which of the 10^12 account ids or which name it was. */
export function createPseudonyms(key: string): Pseudonyms {
  const made = new Map<string, string>();
  const digest = (kind: string, text: string): string => {
    const of = `${kind}\0${text}`;
    const known = made.get(of);
    if (known !== undefined) return known;
    const fresh = createHmac('sha256', key).update(of, 'utf8').digest('hex');
    made.set(of, fresh);
    return fresh;
  };
  return {
    account: (id) => `00${String(BigInt(`0x${digest('account', id)}`) % 10_000_000_000n).padStart(10, '0')}`,
    name: (name) => (name === '' ? '' : `name-${digest('name', name).slice(0, 12)}`),
    hash: (hash, digits) => digest('hash', hash).slice(0, digits),
    run: (id) => digest('hash', id).slice(0, 32),
  };
}
