import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';

/** Any access key enters moto's own account; an account after it is entered by AssumeRole. */
export const motoCredentials = { accessKeyId: 'AKIAFAKE123456789012', secretAccessKey: 'FAKE' };
const motoAccount = '123456789012';

/** Clients of one account and region of moto. */
export interface MotoClients {
  readonly secrets: SecretsManagerClient;
  readonly parameters: SSMClient;
  readonly keys: KMSClient;
  readonly iam: IAMClient;
  readonly functions: LambdaClient;
  readonly close: () => void;
}

/** Opens clients of any account: moto asks for no permission to enter one. */
export async function openMoto(url: string, account: string, region: string): Promise<MotoClients> {
  const own = { endpoint: url, region, credentials: motoCredentials, maxAttempts: 1 };
  const settings = account === motoAccount ? own : { ...own, credentials: await enter(own, account) };
  const clients = {
    secrets: new SecretsManagerClient(settings),
    parameters: new SSMClient(settings),
    keys: new KMSClient(settings),
    iam: new IAMClient(settings),
    functions: new LambdaClient(settings),
  };
  return {
    ...clients,
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
