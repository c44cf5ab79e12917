import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/model/errors.ts';
import { parseFrame } from '../../../src/sources/cloudformation/constructs.ts';
import { looksLikeAssembly, readAssembly, type ReadTemplate } from '../../../src/sources/cloudformation/index.ts';
import { classify, fixtures } from './read.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sealcheck-cdk-')));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A checkout with an app and what it synthesised: traces name absolute paths. */
function checkout(fixture: string): string {
  const home = mkdtempSync(join(folder, 'app-'));
  cpSync(join(fixtures, fixture), join(home, 'cdk.out'), { recursive: true });
  cpSync(join(fixtures, 'cdk-app.mjs'), join(home, 'app.mjs'));
  for (const file of readdirSync(join(home, 'cdk.out'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.json')) continue;
    const path = join(home, 'cdk.out', file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('/home/dev/orders', home));
  }
  return home;
}

function readAt(dir: string, cwd: string): Promise<readonly ReadTemplate[]> {
  return readAssembly(dir, { file: 'cdk.out', cwd, parameters: new Map(), classify });
}

describe('an assembly of the CDK', async () => {
  const home = checkout('cdk.out');
  const stacks = await readAt(join(home, 'cdk.out'), home);
  const resources = stacks.flatMap(({ scope }) => scope.resources);
  const find = (address: string): (typeof resources)[number] | undefined =>
    resources.find((resource) => resource.address.startsWith(address));

  it('has its stacks, those of stages and nested ones too', () => {
    expect(stacks.map(({ scope }) => [scope.scope.id, scope.scope.account, scope.scope.region, scope.status])).toEqual([
      ['cloudformation/Prod-Data', undefined, undefined, 'complete'],
      ['cloudformation/Prod-Data/InnerNestedStackInnerNestedStackResource745E041B', undefined, undefined, 'complete'],
      ['cloudformation/Vault', '111122223333', 'eu-west-1', 'complete'],
    ]);
    expect(stacks.flatMap(({ notes }) => notes)).toEqual([expect.stringContaining('DbRotationSingleUser')]);
  });

  it('reads what the constructs make', () => {
    expect(find('OrdersDb')?.attributes).toMatchObject({
      name: 'orders/db',
      account: '111122223333',
      encryption: { manager: 'customer', keyRotationEnabled: true },
      rotation: { enabled: true, managedBy: 'function', schedule: { intervalDays: 30 } },
      values: [{ origin: 'generated' }],
    });
    expect(find('DbSecret')?.attributes).toMatchObject({ rotation: { enabled: true, schedule: { intervalDays: 45 } } });
    expect(find('Db5D')?.attributes).toMatchObject({ masterPassword: { origin: 'dynamic-reference' } });
    expect(find('Plain')?.attributes).toMatchObject({ values: [{ origin: 'literal' }], rotation: { enabled: false } });
    expect(find('Nested')?.name).toBe('nested/token');
    expect(find('RotatorC')?.attributes).toMatchObject({
      environment: [{ name: 'TABLE' }, { name: 'API_TOKEN', source: 'dynamic-reference' }],
    });
    expect(find('Reader')?.attributes['attachments']).toEqual([expect.objectContaining({ name: 'SecretsManagerReadWrite' })]);
  });

  it('points to the code', () => {
    expect(find('OrdersDb')?.locate?.('name')).toMatchObject({
      file: 'app.mjs',
      startLine: 7,
      startColumn: 20,
      address: 'Vault/OrdersDb/Resource',
    });
    expect(find('OrdersDb')?.locate?.('rotation.schedule')).toMatchObject({
      file: 'app.mjs',
      startLine: 14,
      address: 'Vault/OrdersDb/Rotation/Resource',
    });
    expect(find('Nested')?.locate?.('')).toMatchObject({ file: 'app.mjs', startLine: 24, address: 'Prod/Data/Inner/Nested/Resource' });
  });

  it('tells a rotation by an application from the other, and the secret of the superuser', () => {
    expect(find('DbSecret')?.attributes).toMatchObject({ superuser: true, rotation: { strategy: 'single-user' } });
    expect(find('OrdersDb')?.attributes).toMatchObject({ superuser: false });
    expect(find('OrdersDb')?.attributes['rotation']).not.toHaveProperty('strategy');
  });

  it('has its parameters, and points to the code that makes them', async () => {
    const own = checkout('cdk.out');
    const edit = (file: string, change: (json: { [key: string]: unknown }) => void): void => {
      const path = join(own, 'cdk.out', file);
      const json = JSON.parse(readFileSync(path, 'utf8')) as { [key: string]: unknown };
      change(json);
      writeFileSync(path, JSON.stringify(json));
    };
    edit('Vault.template.json', (json) => Object.assign(json['Parameters'] as object, { DbPassword: { Type: 'String' } }));
    edit('Vault.metadata.json', (json) => {
      json['/Vault/DbPassword'] = [
        { type: 'aws:cdk:logicalId', data: 'DbPassword' },
        { type: 'aws:cdk:creationStack', data: [`new Vault (file://${own}/app.mjs:8:5)`] },
      ];
    });
    const parameters = (await readAt(join(own, 'cdk.out'), own))
      .filter(({ scope }) => scope.scope.id === 'cloudformation/Vault')
      .flatMap(({ scope }) => scope.resources.filter(({ type }) => type === 'AWS::CloudFormation::Parameter'));
    expect(parameters.map(({ address, attributes }) => [address, attributes['takes'], attributes['noEcho']])).toEqual([
      ['BootstrapVersion', 'store', false],
      ['DbPassword', 'text', false],
    ]);
    expect(parameters[1]?.locate?.('noEcho')).toMatchObject({ file: 'app.mjs', startLine: 8, startColumn: 5, address: 'Vault/DbPassword' });
  });

  it('points into the template where the code is elsewhere', async () => {
    const elsewhere = await readAt(join(home, 'cdk.out'), join(home, 'cdk.out'));
    const secret = elsewhere.flatMap(({ scope }) => scope.resources).find(({ name }) => name === 'orders/db');
    expect(secret?.locate?.('name')).toMatchObject({ file: 'cdk.out/Vault.template.json', address: 'Vault/OrdersDb/Resource' });
  });

  it('reads the metadata of older libraries', async () => {
    const old = checkout('cdk-2.170.out');
    const [stack] = await readAt(join(old, 'cdk.out'), old);
    const secret = stack?.scope.resources.find(({ name }) => name === 'orders/db');
    expect(secret?.locate?.('')).toMatchObject({ file: 'app.mjs', startLine: 7, address: 'Vault/OrdersDb/Resource' });
  });

  it('is told by its files', () => {
    expect(looksLikeAssembly(join(home, 'cdk.out'))).toBe(true);
    expect(looksLikeAssembly(home)).toBe(false);
  });
});

describe('what is no assembly', () => {
  const manifest = (json: unknown): string => {
    const dir = mkdtempSync(join(folder, 'bad-'));
    writeFileSync(join(dir, 'manifest.json'), typeof json === 'string' ? json : JSON.stringify(json));
    return dir;
  };
  const stack = (templateFile: unknown): unknown => ({
    artifacts: { S: { type: 'aws:cloudformation:stack', properties: { templateFile } } },
  });

  it.each<[string, string, string]>([
    ['no folder', join(folder, 'nowhere'), 'there is no cdk.out'],
    ['a folder without a manifest', mkdtempSync(join(folder, 'empty-')), 'there is no cdk.out/manifest.json'],
    ['a manifest that is no JSON', manifest('{ "hunter2'), 'is not JSON'],
    ['a manifest without artifacts', manifest({}), 'has no artifacts'],
    ['a template that is missing', manifest(stack('a.json')), 'there is no cdk.out/a.json'],
    ['a template outside', manifest(stack('../../etc/passwd')), 'not in the folder'],
    ['a template by an absolute path', manifest(stack('/etc/passwd')), 'not in the folder'],
    ['a template that is no text', manifest(stack(3)), 'not in the folder'],
  ])('%s', async (_name, dir, message) => {
    const error: unknown = await readAt(dir, folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('hunter2');
  });

  it('an assembly within itself ends', async () => {
    expect(
      await readAt(manifest({ artifacts: { A: { type: 'cdk:cloud-assembly', properties: { directoryName: '.' } } } }), folder),
    ).toEqual([]);
  });
});

describe('frames of a trace', () => {
  it.each<[string, unknown]>([
    ['new Vault (file:///app/main.mjs:8:2)', { path: '/app/main.mjs', line: 8, column: 2 }],
    ['/app/main.ts:8:2', { path: '/app/main.ts', line: 8, column: 2 }],
    ['file:///app/main.mjs:14:1', { path: '/app/main.mjs', line: 14, column: 1 }],
    ['file:///app/main.mjs:14 (:)', { path: '/app/main.mjs', line: 14, column: 1 }],
    ['Object.<anonymous> (/my app/main.ts:3:5)', { path: '/my app/main.ts', line: 3, column: 5 }],
    ['file:///my%20app/main.mjs:1:1', { path: '/my app/main.mjs', line: 1, column: 1 }],
    ['new S (C:\\app\\main.ts:2:3)', { path: 'C:\\app\\main.ts', line: 2, column: 3 }],
    ['...new Vpc2 in aws-cdk-lib...', undefined],
    ['Module.load (node:internal/modules/cjs/loader:1:2)', undefined],
    ['new Key (/app/node_modules/aws-cdk-lib/key.js:1:2)', undefined],
    ['(no user code in 10 frames, use --stack-trace-limit to capture more)', undefined],
  ])('%s', (line, expected) => {
    expect(parseFrame(line)).toEqual(expected);
  });
});
