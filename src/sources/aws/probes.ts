import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { requireList } from './answer-fields.ts';
import type { Calls } from './calls.ts';
import type { Clients } from './clients.ts';
import type { Answer } from './failures.ts';
import type { Operation } from './operations.ts';

/** What the questions of the doctor are asked about: found by its own first questions. */
export interface ProbeSubjects {
  secret?: string;
  /** ARN of a function that rotates a secret. */
  rotationFunction?: string;
  parameter?: string;
  /** ARN; the others cannot be shared. */
  advancedParameter?: string;
  /** Key id or alias as configured. */
  keyReference?: string;
  key?: string;
  policy?: string;
  /** ARN of a trail. */
  trail?: string;
  /** Home region of that trail. */
  trailRegion?: string;
  /** Name of a rule. */
  rule?: string;
  lambdaFunction?: string;
  taskFamily?: string;
  buildProject?: string;
  instance?: string;
  launchTemplate?: string;
}

/** A name that no account has: an answer about it shows the permission and reads nothing. */
const nobody = 'sealcheck-doctor-asks-for-a-parameter-that-is-not-there';

/** The smallest page of RDS and Redshift. */
const fewest = 20;

/**
 * Makes one cheap call of an operation, as small as it goes. Returns what is missing in the account to try it on as
 * a text instead, such as "no secret".
 */
export async function probe(
  operation: Operation,
  clients: Clients,
  calls: Calls,
  subjects: ProbeSubjects,
): Promise<Answer<unknown> | string> {
  switch (operation) {
    case 'secretsmanager:ListSecrets': {
      const api = await clients.secretsManager();
      return await calls.make(operation, async (signal) => {
        const secrets = requireList((await api.listSecrets(undefined, signal)).SecretList, 'SecretList');
        assign(subjects, 'secret', secrets.find(isOrdinary)?.ARN);
        assign(subjects, 'keyReference', secrets.find(({ KmsKeyId }) => KmsKeyId !== undefined)?.KmsKeyId);
        assign(subjects, 'rotationFunction', secrets.find(({ RotationLambdaARN }) => RotationLambdaARN !== undefined)?.RotationLambdaARN);
      });
    }
    case 'lambda:GetFunctionConfiguration': {
      const api = await clients.lambdaRotation();
      return await on(subjects.rotationFunction, 'no secret with a rotation function', (arn) =>
        calls.make(operation, async (signal) => {
          await api.getFunctionConfiguration(arn, signal);
        }),
      );
    }
    case 'lambda:GetPolicy': {
      const api = await clients.lambdaRotation();
      return await on(subjects.rotationFunction, 'no secret with a rotation function', (arn) =>
        calls.make(operation, (signal) => api.getPolicy(arn, signal)),
      );
    }
    case 'secretsmanager:DescribeSecret': {
      const api = await clients.secretsManager();
      return await on(subjects.secret, 'no secret', (arn) => calls.make(operation, (signal) => api.describeSecret(arn, signal)));
    }
    case 'secretsmanager:GetResourcePolicy': {
      const api = await clients.secretsManager();
      return await on(subjects.secret, 'no secret', (arn) => calls.make(operation, (signal) => api.getResourcePolicy(arn, signal)));
    }
    case 'secretsmanager:ListSecretVersionIds': {
      const api = await clients.secretsManager();
      return await on(subjects.secret, 'no secret', (arn) =>
        calls.make(operation, (signal) => api.listSecretVersionIds(arn, undefined, signal)),
      );
    }
    case 'ssm:DescribeParameters': {
      const api = await clients.ssm();
      return await calls.make(operation, async (signal) => {
        const parameters = requireList((await api.describeParameters(undefined, signal)).Parameters, 'Parameters');
        assign(subjects, 'parameter', parameters[0]?.Name);
        assign(subjects, 'advancedParameter', parameters.find(({ Tier }) => Tier === 'Advanced')?.ARN);
        assign(subjects, 'keyReference', parameters.find(({ KeyId }) => KeyId !== undefined)?.KeyId);
      });
    }
    case 'ssm:ListTagsForResource': {
      const api = await clients.ssm();
      return await on(subjects.parameter, 'no parameter', (name) => calls.make(operation, (signal) => api.listTags(name, signal)));
    }
    case 'ssm:GetParameters': {
      const api = await clients.ssm();
      return await calls.make(operation, (signal) => api.getParameters([nobody], signal));
    }
    case 'ssm:GetResourcePolicies': {
      const api = await clients.ssm();
      return await on(subjects.advancedParameter, 'no Advanced parameter on the first page', (arn) =>
        calls.make(operation, (signal) => api.getResourcePolicies(arn, undefined, signal)),
      );
    }
    case 'kms:ListKeys': {
      const api = await clients.kms();
      return await calls.make(operation, (signal) => api.listKeys(undefined, signal));
    }
    case 'kms:ListAliases': {
      const api = await clients.kms();
      return await calls.make(operation, (signal) => api.listAliases(undefined, signal));
    }
    case 'kms:DescribeKey': {
      const api = await clients.kms();
      return await on(subjects.keyReference, 'no secret or parameter names a key', (id) =>
        calls.make(operation, async (signal) => {
          assign(subjects, 'key', (await api.describeKey(id, signal)).KeyMetadata?.KeyId);
        }),
      );
    }
    case 'kms:GetKeyRotationStatus': {
      const api = await clients.kms();
      return await on(subjects.key, 'no key to ask about', (id) => calls.make(operation, (signal) => api.getKeyRotationStatus(id, signal)));
    }
    case 'kms:GetKeyPolicy': {
      const api = await clients.kms();
      return await on(subjects.key, 'no key to ask about', (id) => calls.make(operation, (signal) => api.getKeyPolicy(id, signal)));
    }
    case 'kms:ListResourceTags': {
      const api = await clients.kms();
      return await on(subjects.key, 'no key to ask about', (id) => calls.make(operation, (signal) => api.listTags(id, undefined, signal)));
    }
    case 'iam:GetAccountAuthorizationDetails': {
      const api = await clients.iam();
      return await calls.make(operation, async (signal) => {
        const details = await api.getAccountAuthorizationDetails(undefined, signal, 10);
        assign(subjects, 'policy', details.Policies?.find(({ Arn }) => Arn?.includes('::aws:') === false)?.Arn);
      });
    }
    case 'iam:ListPolicyTags': {
      const api = await clients.iam();
      return await on(subjects.policy, 'no customer managed policy on the first page', (arn) =>
        calls.make(operation, (signal) => api.listPolicyTags(arn, undefined, signal)),
      );
    }
    case 'cloudtrail:DescribeTrails': {
      const api = await clients.cloudTrail();
      return await calls.make(operation, async (signal) => {
        const [trail] = requireList((await api.describeTrails(signal)).trailList, 'trailList');
        assign(subjects, 'trail', trail?.TrailARN);
        assign(subjects, 'trailRegion', trail?.HomeRegion);
      });
    }
    case 'cloudtrail:GetTrailStatus': {
      const api = await clients.cloudTrail();
      return await on(subjects.trail, 'no trail', (arn) => calls.make(operation, (signal) => api.getTrailStatus(arn, signal)));
    }
    case 'cloudtrail:GetEventSelectors': {
      const api = await clients.cloudTrail();
      const { trail, trailRegion = '' } = subjects;
      return await on(trail, 'no trail', (arn) => calls.make(operation, (signal) => api.getEventSelectors(arn, trailRegion, signal)));
    }
    case 'events:ListRules': {
      const api = await clients.eventBridge();
      return await calls.make(operation, async (signal) => {
        assign(subjects, 'rule', requireList((await api.listRules(undefined, signal)).Rules, 'Rules')[0]?.Name);
      });
    }
    case 'events:ListTargetsByRule': {
      const api = await clients.eventBridge();
      return await on(subjects.rule, 'no rule', (name) =>
        calls.make(operation, (signal) => api.listTargetsByRule(name, undefined, signal)),
      );
    }
    case 'cloudwatch:DescribeAlarms': {
      const api = await clients.cloudWatch();
      return await calls.make(operation, (signal) => api.describeAlarms(undefined, signal));
    }
    case 'lambda:ListFunctions': {
      const api = await clients.lambda();
      return await calls.make(operation, async (signal) => {
        assign(
          subjects,
          'lambdaFunction',
          requireList((await api.listFunctions(undefined, signal, 1)).Functions, 'Functions')[0]?.FunctionArn,
        );
      });
    }
    case 'lambda:ListTags': {
      const api = await clients.lambda();
      return await on(subjects.lambdaFunction, 'no function', (arn) => calls.make(operation, (signal) => api.listTags(arn, signal)));
    }
    case 'ecs:ListTaskDefinitionFamilies': {
      const api = await clients.ecs();
      return await calls.make(operation, async (signal) => {
        assign(subjects, 'taskFamily', requireList((await api.listFamilies(undefined, signal, 1)).families, 'families')[0]);
      });
    }
    case 'ecs:DescribeTaskDefinition': {
      const api = await clients.ecs();
      return await on(subjects.taskFamily, 'no task definition', (family) =>
        calls.make(operation, (signal) => api.describeTaskDefinition(family, { tags: false }, signal)),
      );
    }
    case 'codebuild:ListProjects': {
      const api = await clients.codeBuild();
      return await calls.make(operation, async (signal) => {
        assign(subjects, 'buildProject', requireList((await api.listProjects(undefined, signal)).projects, 'projects')[0]);
      });
    }
    case 'codebuild:BatchGetProjects': {
      const api = await clients.codeBuild();
      return await on(subjects.buildProject, 'no build project', (name) =>
        calls.make(operation, (signal) => api.getProjects([name], signal)),
      );
    }
    case 'ec2:DescribeInstances': {
      const api = await clients.ec2();
      return await calls.make(operation, async (signal) => {
        // EC2 gives no fewer than five.
        const { Reservations } = await api.describeInstances(undefined, signal, 5);
        assign(subjects, 'instance', requireList(Reservations, 'Reservations')[0]?.Instances?.[0]?.InstanceId);
      });
    }
    case 'ec2:DescribeInstanceAttribute': {
      const api = await clients.ec2();
      return await on(subjects.instance, 'no instance', (id) => calls.make(operation, (signal) => api.userDataOf(id, signal)));
    }
    case 'ec2:DescribeLaunchTemplates': {
      const api = await clients.ec2();
      return await calls.make(operation, async (signal) => {
        const { LaunchTemplates } = await api.describeLaunchTemplates(undefined, signal, 1);
        assign(subjects, 'launchTemplate', requireList(LaunchTemplates, 'LaunchTemplates')[0]?.LaunchTemplateId);
      });
    }
    case 'ec2:DescribeLaunchTemplateVersions': {
      const api = await clients.ec2();
      return await on(subjects.launchTemplate, 'no launch template', (id) =>
        calls.make(operation, (signal) => api.versionsInUse(id, signal)),
      );
    }
    case 'rds:DescribeDBInstances': {
      const api = await clients.rds();
      return await calls.make(operation, (signal) => api.describeInstances(undefined, signal, fewest));
    }
    case 'rds:DescribeDBClusters': {
      const api = await clients.rds();
      return await calls.make(operation, (signal) => api.describeClusters(undefined, signal, fewest));
    }
    case 'redshift:DescribeClusters': {
      const api = await clients.redshift();
      return await calls.make(operation, (signal) => api.describeClusters(undefined, signal, fewest));
    }
    case 'account:ListRegions': {
      const api = await clients.account();
      return await calls.make(operation, (signal) => api.listRegions(undefined, signal));
    }
    case 'sts:GetCallerIdentity':
    case 'sts:AssumeRole':
      return 'tried on entering the account';
    default:
      return operation satisfies never;
  }
}

async function on<T>(
  subject: string | undefined,
  missing: string,
  ask: (subject: string) => Promise<Answer<T>>,
): Promise<Answer<T> | string> {
  return subject === undefined ? missing : await ask(subject);
}

/** The first one found stays. */
function assign(subjects: ProbeSubjects, name: keyof ProbeSubjects, found: string | undefined): void {
  if (subjects[name] === undefined && found !== undefined) subjects[name] = found;
}

/** Neither a replica nor scheduled for deletion, of which AWS answers some questions with an error. */
function isOrdinary(secret: SecretListEntry): boolean {
  return secret.DeletedDate === undefined && (secret.PrimaryRegion === undefined || secret.ARN?.split(':')[3] === secret.PrimaryRegion);
}
