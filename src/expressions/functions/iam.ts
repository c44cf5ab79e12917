import { charge } from '../evaluation.ts';
import { actionMatches, grants } from '../../resources/iam-matching.ts';
import { reachesEvery, reachesSome } from '../../resources/iam-reach.ts';
import { iamStatement, type IamStatement } from '../../resources/iam-statement.ts';
import { bool, string } from '../../resources/shape.ts';
import { CallFailure, type CelFunction } from './cel-function.ts';

const kinds = ['secret', 'parameter', 'key'] as const;
type Kind = (typeof kinds)[number];
const isKind = (text: unknown): text is Kind => (kinds as readonly unknown[]).includes(text);

/** Steps by the size of the statement: each pattern is tried, and each denial against each resource. */
function workOf({ actions, notActions, resources, notResources, denials }: IamStatement): number {
  const length = (part: unknown): number => (Array.isArray(part) ? part.length : 0);
  const patterns = length(actions) + length(notActions) + length(resources) + length(notResources);
  return (patterns >> 3) + ((length(denials) * patterns) >> 3);
}

export const iamFunctions: readonly CelFunction[] = [
  {
    name: 'iam.actionMatches',
    form: 'namespaced',
    params: [string, string],
    returns: bool,
    doc: 'Whether an IAM action pattern (`*` and `?` anywhere, case ignored) covers an action.',
    examples: [
      { expression: "iam.actionMatches('SecretsManager:?*', 'secretsmanager:DeleteSecret')", result: true },
      { expression: "iam.actionMatches('secretsmanager:Get*', 'secretsmanager:DeleteSecret')", result: false },
    ],
    infallible: true,
    call: (_budget, pattern, action) => actionMatches(pattern as string, action as string),
  },
  {
    name: 'iam.grants',
    form: 'namespaced',
    params: [iamStatement, string],
    returns: bool,
    doc: 'Whether a statement allows an action: Allow, matched by Action or left by NotAction, and not cut by an unconditional Deny of the same document that covers the same resources. Conditions and boundaries are not considered.',
    examples: [],
    unknownAware: 'parts',
    call: (budget, statement, action) => {
      charge(budget, 5 + workOf(statement as IamStatement));
      // What the patterns cost beyond a glance: those of a hostile policy are long, and compared in all pairs.
      return grants(statement as IamStatement, action as string, (steps) => {
        charge(budget, steps >> 7);
      });
    },
  },
  {
    name: 'iam.reachesEvery',
    form: 'namespaced',
    params: [iamStatement, string],
    returns: bool,
    doc: "Whether the resources of a statement reach every 'secret', 'parameter' or 'key' of some account and region. Conditions are not considered.",
    examples: [],
    unknownAware: 'parts',
    checkConstants: ([, kind]) => (kind === undefined || isKind(kind) ? undefined : `the kind is one of ${kinds.join(', ')}`),
    call: (budget, statement, kind) => {
      if (!isKind(kind)) throw new CallFailure(`the kind is one of ${kinds.join(', ')}`);
      charge(budget, 5 + workOf(statement as IamStatement));
      return reachesEvery(statement as IamStatement, kind);
    },
  },
  {
    name: 'iam.reachesSome',
    form: 'namespaced',
    params: [iamStatement, string],
    returns: bool,
    doc: "Whether the resources of a statement can name a 'secret', 'parameter' or 'key' at all; those of other services cannot. Conditions are not considered.",
    examples: [],
    unknownAware: 'parts',
    checkConstants: ([, kind]) => (kind === undefined || isKind(kind) ? undefined : `the kind is one of ${kinds.join(', ')}`),
    call: (budget, statement, kind) => {
      if (!isKind(kind)) throw new CallFailure(`the kind is one of ${kinds.join(', ')}`);
      charge(budget, 5);
      return reachesSome(statement as IamStatement, kind);
    },
  },
];
