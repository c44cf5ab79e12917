import { AddPermissionCommand, CreateFunctionCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { SecretFixture } from '../../../src/endpoint/account-fixture.ts';
import type { FunctionFixture } from '../../../src/endpoint/workload-fixture.ts';

/** Makes functions, and the rotation functions that secrets name, since moto refuses one that does not exist; these let Secrets Manager in. They are never run. */
export async function seedFunctions(
  client: LambdaClient,
  functions: readonly FunctionFixture[],
  secrets: readonly SecretFixture[],
  role: string,
): Promise<void> {
  const rotators = new Set(secrets.flatMap(({ rotation }) => rotation?.functionArn?.split(':').at(-1) ?? []));
  const missing = new Set(rotators);
  for (const { name } of functions) missing.delete(name);
  const all: readonly FunctionFixture[] = [...functions, ...[...missing].map((name) => ({ name }))];
  for (const { name, environment, roleArn, tags } of all) {
    await client.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: 'python3.12',
        Role: roleArn ?? role,
        Handler: 'i.h',
        Code: { ZipFile: emptyZip },
        Tags: tags,
        Environment: environment === undefined ? undefined : { Variables: environment },
      }),
    );
    if (!rotators.has(name)) continue;
    const permission = { StatementId: 'SecretsManager', Action: 'lambda:InvokeFunction', Principal: 'secretsmanager.amazonaws.com' };
    await client.send(new AddPermissionCommand({ FunctionName: name, ...permission }));
  }
}

const emptyZip = Uint8Array.from([0x50, 0x4b, 0x05, 0x06, ...Array<number>(18).fill(0)]);
