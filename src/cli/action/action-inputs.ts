import { UserError } from '../../model/errors.ts';
import type { Io } from '../io.ts';
import { splitWords } from './split-words.ts';

/** What action.yml takes; empty or undefined: not given. */
export interface ActionInputs {
  readonly target: readonly string[];
  readonly aws: boolean;
  readonly args: readonly string[];
  readonly policies: readonly string[];
  readonly config?: string;
  readonly failOn?: string;
  readonly failOnUnknown?: string;
  readonly failOnNew: boolean;
  readonly baseline?: string;
  readonly stateDir?: string;
  /** NAME=PATH each. */
  readonly formats: readonly string[];
  readonly uploadSarif: boolean;
  readonly token?: string;
  readonly summary: boolean;
  readonly annotations: boolean;
}

/** The names, as action.yml has them. */
export const inputNames = [
  'target',
  'aws',
  'args',
  'policies',
  'config',
  'fail-on',
  'fail-on-unknown',
  'fail-on-new',
  'baseline',
  'state-dir',
  'formats',
  'upload-sarif',
  'token',
  'summary',
  'annotations',
] as const;
type InputName = (typeof inputNames)[number];

/** Reads what the runner put into the environment (docs "Metadata syntax": INPUT_ and the name in capitals). Throws UserError. */
export function readActionInputs(env: Io['env']): ActionInputs {
  const text = (name: InputName): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const words = (name: InputName): readonly string[] => splitWords(text(name), name);
  const flag = (name: InputName, byDefault: boolean): boolean => {
    const value = text(name);
    if (value === '') return byDefault;
    if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    throw new UserError('usage', `the input ${name} is true or false, not ${value}`);
  };
  const optional = <K extends string>(key: K, name: InputName): { readonly [key in K]?: string } =>
    text(name) === '' ? {} : ({ [key]: text(name) } as { readonly [key in K]?: string });
  const formats = words('formats');
  const stray = formats.find((format) => !/^[a-z-]+=.*[^-]/.test(format));
  if (stray !== undefined) {
    throw new UserError('usage', `the input formats has ${stray}, which names no file`, { hint: 'write NAME=PATH, one on a line' });
  }
  return {
    target: words('target'),
    aws: flag('aws', false),
    args: words('args'),
    policies: words('policies'),
    ...optional('config', 'config'),
    ...optional('failOn', 'fail-on'),
    ...optional('failOnUnknown', 'fail-on-unknown'),
    failOnNew: flag('fail-on-new', false),
    ...optional('baseline', 'baseline'),
    ...optional('stateDir', 'state-dir'),
    formats,
    uploadSarif: flag('upload-sarif', false),
    ...optional('token', 'token'),
    summary: flag('summary', true),
    annotations: flag('annotations', true),
  };
}
