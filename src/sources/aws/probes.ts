import type { SecretListEntry } from '@aws-sdk/client-secrets-manager';
import { requireList } from './answer-fields.ts';
import type { Calls } from './calls.ts';
import type { Clients } from './clients.ts';
import type { Answer } from './failures.ts';
import type { Operation } from './operations.ts';

/** What the questions of the doctor are asked about: found by its own first questions. */
export interface ProbeSubjects {
  secret?: string;
  parameter?: string;
  /** Key id or alias as configured. */
  keyReference?: string;
  key?: string;
  policy?: string;
}

/** A name that no account has: an answer about it shows the permission and reads nothing. */
const nobody = 'sealcheck-doctor-asks-for-a-parameter-that-is-not-there';

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
      });
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
