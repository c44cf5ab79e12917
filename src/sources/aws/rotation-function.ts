import { Unknown, type Maybe } from '../../model/unknown.ts';
import { parsePolicyDocument } from '../../resources/iam-document.ts';
import type { IamStatement } from '../../resources/iam-statement.ts';
import { letsSecretsManagerInvoke } from '../../resources/invoke-permission.ts';
import { strategyOf, type RotationStrategy } from '../../resources/rotation-strategy.ts';
import { requireText } from './answer-fields.ts';
import { checkFields } from './check-fields.ts';
import { notCollected, type Detail, type ScopeReader } from './collector.ts';
import { readEach } from './each.ts';
import { toUnknown } from './failures.ts';
import { touches } from './needs.ts';
import type { ListedSecret } from './secret-list.ts';

const existence = 'lambda:GetFunctionConfiguration';
const permission = 'lambda:GetPolicy';

/** The calls behind the facts, for the declaration of a collector. */
export const rotationFunctionDetails: readonly Detail[] = [
  { operation: existence, provides: ['rotation.functionExists', 'rotation.functionInvocable', 'rotation.strategy'] },
  { operation: permission, provides: ['rotation.functionInvocable'] },
];

/** What is known of the function that rotates a secret; both absent where there is none. */
export interface RotationFunctionFacts {
  readonly functionExists?: Maybe<boolean>;
  /** Absent for a function that does not exist. */
  readonly functionInvocable?: Maybe<boolean>;
  /** Absent where neither its name nor its description says which. */
  readonly strategy?: Maybe<RotationStrategy>;
}

/** `description`: empty where there is none. */
type Configuration = { readonly exists: true; readonly description: string } | { readonly exists: false };

/** What AWS says of a function, once for all secrets that it rotates. */
interface FoundFunction {
  readonly configuration: Maybe<Configuration>;
  readonly statements: Maybe<readonly Maybe<IamStatement>[]>;
}

/** Asks about the rotation functions of the account and region; of any other nobody asks here. */
export async function rotationFunctionReader(
  scope: ScopeReader,
  type: string,
  secrets: readonly ListedSecret[],
): Promise<(secret: ListedSecret) => RotationFunctionFacts> {
  const needed = scope.needs.get(type);
  const wanted = (name: keyof RotationFunctionFacts): boolean => touches(needed, `rotation.${name}`);
  const wantsAny = wanted('functionExists') || wanted('functionInvocable') || wanted('strategy');
  const arns = secrets.flatMap((secret) => (skipped(scope, secret) === undefined ? [secret.RotationLambdaARN ?? ''] : []));
  const asked = wantsAny ? [...new Set(arns)].filter((arn) => arn !== '') : [];
  const configurations = await readEach(scope, existence, asked, (arn) => readConfiguration(scope, arn));
  const there = wanted('functionInvocable') ? asked.filter((arn) => isThere(configurations.get(arn))) : [];
  const policies = await readEach(scope, permission, there, (arn) => readPolicy(scope, arn));
  return (secret) => {
    const arn = secret.RotationLambdaARN;
    if (!arn) return {};
    const found: FoundFunction = {
      configuration: configurations.get(arn) ?? skipped(scope, secret) ?? notCollected(existence),
      statements: policies.get(arn) ?? notCollected(permission),
    };
    return factsOf(found, secret, scope.account);
  };
}

function isThere(configuration: Maybe<Configuration> | undefined): boolean {
  return configuration !== undefined && !(configuration instanceof Unknown) && configuration.exists;
}

function factsOf({ configuration, statements }: FoundFunction, secret: ListedSecret, account: string): RotationFunctionFacts {
  const description = configuration instanceof Unknown ? configuration : configuration.exists ? configuration.description : undefined;
  // The name may say it already.
  const strategy = strategyOf([secret.RotationLambdaARN, description]);
  const said = strategy === undefined ? {} : { strategy };
  if (configuration instanceof Unknown) return { functionExists: configuration, functionInvocable: configuration, ...said };
  if (!configuration.exists) return { functionExists: false, ...said };
  return { functionExists: true, functionInvocable: letsSecretsManagerInvoke(statements, { arn: secret.ARN, account }), ...said };
}

/** Why the function of a secret is not asked about, if it is not. */
function skipped(scope: ScopeReader, secret: ListedSecret): Unknown | undefined {
  if (secret.DeletedDate !== undefined) return notCollected(existence, 'not asked for a secret that is scheduled for deletion');
  if (secret.PrimaryRegion && secret.PrimaryRegion !== scope.region) {
    return notCollected(existence, 'not asked for a replica: the function is judged at the primary');
  }
  const [, region, account] = /^arn:[^:]*:lambda:([^:]*):([^:]*):function:/.exec(secret.RotationLambdaARN ?? '') ?? [];
  if (account === undefined || account !== scope.account) return notCollected(existence, 'the rotation function is not of this account');
  return region === scope.region ? undefined : notCollected(existence, 'the rotation function is in another region');
}

async function readConfiguration(scope: ScopeReader, arn: string): Promise<Maybe<Configuration>> {
  const api = await scope.clients.lambdaRotation();
  const answer = await scope.calls.make(existence, async (signal) => {
    const { FunctionArn, Description } = await api.getFunctionConfiguration(arn, signal);
    checkFields({ FunctionArn, Description }, { FunctionArn: 'arn', Description: 'text' });
    requireText(FunctionArn, 'FunctionArn');
    return Description ?? '';
  });
  if (answer.ok) return { exists: true, description: answer.value };
  return answer.failure.code === notFound ? { exists: false } : toUnknown(answer.failure);
}

/** The answer about a function that has no policy is the same as about none at all. */
async function readPolicy(scope: ScopeReader, arn: string): Promise<FoundFunction['statements']> {
  const api = await scope.clients.lambdaRotation();
  const answer = await scope.calls.make(permission, async (signal) => {
    const { Policy } = await api.getPolicy(arn, signal);
    checkFields({ Policy }, { Policy: 'text' });
    return requireText(Policy, 'Policy');
  });
  if (answer.ok) return parsePolicyDocument(answer.value, { account: scope.account });
  return answer.failure.code === notFound ? [] : toUnknown(answer.failure);
}

const notFound = 'ResourceNotFoundException';
