import { Unknown, type Maybe } from '../model/unknown.ts';
import type { EnvironmentVariable, VariableSource } from './environment-variable.ts';
import { couldBeCredential } from './literal-credentials.ts';
import type { ValueClassifier } from './secret-value.ts';

/** What a source found where the value of an environment variable stands. */
export type VariableValue =
  /** Written out, or the default of a variable; a dynamic reference of CloudFormation is such a text too. */
  | { readonly kind: 'literal'; readonly text: string }
  /** Known, and given from outside: a variable without a default, or with another value than its default. */
  | { readonly kind: 'given'; readonly text: string }
  /** It stands in a live account, which does not tell how it came there. */
  | { readonly kind: 'plain'; readonly text: string }
  /** An attribute of another resource; `secret` says whether that attribute is a credential, where it can be told. */
  | { readonly kind: 'reference'; readonly attribute: string; readonly secret: boolean | undefined }
  /** Read from a store when the function, the container or the build starts. */
  | {
      readonly kind: 'store';
      readonly store: Maybe<'secretsmanager' | 'ssm'>;
      /** Whether it always reads one version of a secret; left out for the other store, and where nobody can tell. */
      readonly pinned?: Maybe<boolean>;
    }
  /** Not to be learnt; `source` where it is known at least where it comes from. */
  | { readonly kind: 'unknown'; readonly why: Unknown; readonly source?: VariableSource };

/**
 * An environment variable as policies see it. The text of its value is looked at here and goes no further: neither into
 * what comes back nor into an error.
 *
 * A text is a credential if the detector says so, or if its name does and the text could be one. ARNs, paths, addresses
 * without credentials and references are how it should be done.
 */
export async function describeVariable(name: Maybe<string>, value: VariableValue, classify: ValueClassifier): Promise<EnvironmentVariable> {
  switch (value.kind) {
    case 'literal':
      return {
        name,
        source: dynamicReference.test(value.text) ? 'dynamic-reference' : 'literal',
        ...(await judgeText(name, value.text, classify)),
      };
    case 'given':
      return { name, source: 'variable', ...(await judgeText(name, value.text, classify)) };
    case 'plain':
      return { name, source: fromWhereverInCode, ...(await judgeText(name, value.text, classify)) };
    case 'reference':
      return { name, source: 'reference', ...judgeReference(value) };
    case 'store':
      return { name, source: value.store, looksSecret: false, ...(value.pinned === undefined ? {} : { pinned: value.pinned }) };
    case 'unknown':
      return { name, source: value.source ?? value.why, looksSecret: value.why, kind: value.why };
    default:
      return value satisfies never;
  }
}

type Judged = Pick<EnvironmentVariable, 'looksSecret' | 'kind'>;

const fromWhereverInCode = new Unknown('not-in-source', 'only code tells where plain text comes from');

const dynamicReference = /\{\{resolve:(?:secretsmanager|ssm|ssm-secure):[^{}]+\}\}/;

async function judgeText(name: Maybe<string>, text: string, classify: ValueClassifier): Promise<Judged> {
  const verdict = await classifyText(text, classify);
  if (verdict instanceof Unknown) return { looksSecret: verdict, kind: verdict };
  if (verdict.looksSecret) return { looksSecret: true, ...(verdict.kind === undefined ? {} : { kind: verdict.kind }) };
  if (name instanceof Unknown) return { looksSecret: name, kind: name };
  return couldBeCredential(name, text) ? { looksSecret: true, kind: 'literal-credential' } : { looksSecret: false };
}

/** The error of a detector may quote what it read, so nothing of it is kept. */
async function classifyText(text: string, classify: ValueClassifier): Promise<Maybe<Awaited<ReturnType<ValueClassifier>>>> {
  try {
    return await classify(text);
  } catch {
    return new Unknown('request-failed', 'the value could not be classified');
  }
}

function judgeReference({ attribute, secret }: Extract<VariableValue, { kind: 'reference' }>): Judged {
  if (secret === undefined) {
    const why = new Unknown('unresolved-reference', `it is ${attribute}, and whether that is a credential cannot be told`);
    return { looksSecret: why, kind: why };
  }
  return secret ? { looksSecret: true, kind: 'credential-of-a-resource' } : { looksSecret: false };
}
