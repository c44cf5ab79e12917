import type { Unknown } from '../model/unknown.ts';
import { bool, object, oneOf, optional, required, string, type ValueOf } from './shape.ts';

/** A variable that a function, a container or a build finds in its environment. Its value never enters the model. */
export const environmentVariable = object('EnvironmentVariable', {
  name: required(string, 'Name of the variable.'),
  container: optional(string, 'Name of the container of an ECS task; absent elsewhere.'),
  source: required(
    oneOf('literal', 'variable', 'reference', 'dynamic-reference', 'secretsmanager', 'ssm'),
    'Where the value comes from: `literal` is written out in the source or is the default of a variable, `variable` is given from outside, ' +
      '`reference` is an attribute of another resource, `dynamic-reference` is `{{resolve:…}}`; `secretsmanager` and `ssm` are read when it starts.',
  ),
  looksSecret: required(
    bool,
    'Whether what stands in the environment in plain text looks like a credential: by its value, or by its name beside a value that could be one.',
  ),
  kind: optional(string, 'What it looks like, such as `private-key`; absent when it does not look like a credential.'),
  pinned: optional(
    bool,
    'Whether a reference to Secrets Manager always reads one version, whatever rotation brings; absent where none is seen.',
  ),
});

/** One variable, as policies see it. */
export type EnvironmentVariable = ValueOf<typeof environmentVariable>;

/** Where its value comes from. */
export type VariableSource = Exclude<EnvironmentVariable['source'], Unknown>;
