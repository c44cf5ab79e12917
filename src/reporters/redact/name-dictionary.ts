import type { Finding } from '../../model/finding.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import type { WaiverNote } from '../../model/waiver.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { redactArn, type ArnNames } from './redact-arn.ts';

/** What becomes of every name of a result. */
export interface NameDictionary {
  readonly name: (name: string) => string;
  /** An ARN, the address of code, or what else names a thing. */
  readonly address: (address: string) => string;
  readonly scope: (id: string) => string;
  /** A folder or file; the ending stays, as it says what reads it. */
  readonly path: (path: string) => string;
  /** A sentence of ours that may hold names: what is no plain word of it is taken for one. */
  readonly sentence: (text: string) => string;
}

/** Shorter names would be found in every sentence. */
const shortest = 2;

export function nameDictionary(result: ScanResult, { name }: Pseudonyms): NameDictionary {
  const names = new Set(result.findings.map(({ resource }) => resource.name));
  const arnNames: ArnNames = { name, isKnown: (text) => names.has(text) };
  const known = new Map<string, string>();
  const path = (text: string): string => {
    if (text === '' || text === '.') return text;
    return `${name(text)}${/\.(?:tf|tofu|json|ya?ml|template)$/.exec(text)?.[0] ?? ''}`;
  };
  const learn = (text: string | undefined, becomes: (text: string) => string): void => {
    if (text !== undefined && text !== '' && !known.has(text)) known.set(text, becomes(text));
  };
  const arnOrName = (text: string): string => (text.startsWith('arn:') ? redactArn(text, arnNames) : name(text));
  for (const { id, source, root, caller, account } of result.scopes) {
    learn(account === undefined ? undefined : `aws/${account}`, (text) => text);
    learn(id, (text) => (source === 'aws' ? text : `${source}/${path(text.replace(`${source}/`, ''))}`));
    learn(root, path);
    learn(caller, arnOrName);
  }
  const waiver = ({ id, owner, ticket, approvedBy }: WaiverNote): void => {
    for (const text of [id, owner, ticket, approvedBy]) learn(text, name);
  };
  for (const finding of result.findings) {
    const { resource, location, itemKey } = finding;
    learn(resource.address, arnOrName);
    learn(resource.name, name);
    for (const value of Object.values(resource.tags ?? {})) learn(value, name);
    learn(location?.file, path);
    learn(location?.address, name);
    learn(itemKey, arnOrName);
    for (const note of waiversOf(finding)) waiver(note);
  }
  for (const one of result.run.waivers?.waivers ?? []) {
    waiver(one);
    learn(one.file, path);
  }
  for (const { address, name: itsName } of result.run.baseline?.fixed ?? []) {
    learn(address, arnOrName);
    learn(itsName, name);
  }
  for (const { off, overrides = [] } of result.policies) {
    for (const text of [off, ...overrides.map(({ at }) => at)]) learn(text && configFile(text), path);
  }
  const policyIds = new Set(result.policies.map(({ id }) => id));
  const word = (text: string): string => {
    const [, core = text, end = ''] = /^([\s\S]*?)([.:!?]*)$/.exec(text) ?? [];
    if (core === '' || policyIds.has(core) || isPlainWord(core)) return text;
    return `${known.get(core) ?? (core.startsWith('arn:') ? arnOrName(core) : path(core))}${end}`;
  };
  const sentences = new Map<string, string>();
  return {
    name,
    path,
    address: (text) => known.get(text) ?? arnOrName(text),
    scope: (id) => known.get(id) ?? name(id),
    sentence: (text) => {
      const done = sentences.get(text) ?? replaceNames(text, known, word);
      sentences.set(text, done);
      return done;
    },
  };
}

/** The file of `switched off by FILE:LINE` or of `FILE:LINE`. */
function configFile(text: string): string | undefined {
  return /^(?:switched off by )?([\s\S]+):\d+$/.exec(text)?.[1];
}

function waiversOf(finding: Finding): readonly WaiverNote[] {
  const notes = [finding.expiredWaiver, finding.status === 'waived' ? finding.waiver : undefined];
  return notes.filter((note) => note !== undefined);
}

/** In one pass, so that a pseudonym is never taken for a name; of names within names the longest. */
function replaceNames(text: string, known: ReadonlyMap<string, string>, word: (found: string) => string): string {
  const present = [...known.keys()].filter((name) => name.length >= shortest && text.includes(name)).sort((a, b) => b.length - a.length);
  const names = present.map(
    (name) => `(?:arn:aws\\S*?[:/]|(?<![\\p{L}\\p{N}]))${name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}(?![\\p{L}\\p{N}])`,
  );
  return text.replace(new RegExp([...names, wordPattern].join('|'), 'gu'), (found) => known.get(found) ?? word(found));
}

const wordPattern = '[^\\s"\'`,;()…]+';

/** What our own sentences are made of. Any other word is taken for a name: of a file, a check, a logical id. */
const plainWords = [
  /^[A-Z]?[a-z]+(?:'[a-z]+)?$/,
  /^[^\p{L}]+$/u,
  /^--?[a-z][a-z-]*$/,
  /^(?:AWS|IAM|KMS|SSM|ARN|STS|API|CI|CloudTrail|CloudFormation|Terraform|OpenTofu|SecureString|StringList)$/,
  /^[A-Z][A-Za-z]+(?:Exception|Error)$/,
  /^[a-z0-9-]+:[A-Z][A-Za-z]+$/,
  /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  /^(?:access-denied|request-failed|malformed-response|not-collected)$/,
  /^sealcheck\.(?:config|waivers)\.yaml(?::\d+)?$/,
];

function isPlainWord(word: string): boolean {
  return plainWords.some((pattern) => pattern.test(word));
}
