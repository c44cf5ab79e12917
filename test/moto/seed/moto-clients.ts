import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RDSClient } from '@aws-sdk/client-rds';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** Any access key enters moto's own account; an account after it is entered by AssumeRole. */
export const motoCredentials = { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' };
const motoAccount = '123456789012';

/** What a client of one account and region is made with. */
export interface MotoSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** Clients of one account and region of moto. */
export interface MotoClients {
  readonly secrets: SecretsManagerClient;
  readonly parameters: SSMClient;
  readonly keys: KMSClient;
  readonly iam: IAMClient;
  readonly functions: LambdaClient;
  /** For clients of further services. */
  readonly settings: MotoSettings;
  readonly tasks: ECSClient;
  readonly builds: CodeBuildClient;
  readonly instances: EC2Client;
  readonly databases: RDSClient;
  readonly warehouses: RedshiftClient;
  readonly close: () => void;
}

/** Opens clients of any account: moto asks for no permission to enter one. */
export async function openMoto(url: string, account: string, region: string): Promise<MotoClients> {
  const own = { endpoint: url, region, credentials: motoCredentials, maxAttempts: 1 };
  const settings: MotoSettings = account === motoAccount ? own : { ...own, credentials: await enter(own, account) };
  const clients = {
    secrets: new SecretsManagerClient(settings),
    parameters: new SSMClient(settings),
    keys: new KMSClient(settings),
    iam: new IAMClient(settings),
    functions: new LambdaClient(settings),
    tasks: new ECSClient(settings),
    builds: new CodeBuildClient(settings),
    instances: new EC2Client(settings),
    databases: new RDSClient(settings),
    warehouses: new RedshiftClient(settings),
  };
  return {
    ...clients,
    settings,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

async function enter(
  settings: ConstructorParameters<typeof STSClient>[0] & object,
  account: string,
): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }> {
  const sts = new STSClient(settings);
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/seed`, RoleSessionName: 'seed' }));
  sts.destroy();
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new Error('moto gave no credentials');
  return { accessKeyId, secretAccessKey, sessionToken };
}
