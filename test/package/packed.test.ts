import { cpSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { describeFacts } from '../../scripts/packed.ts';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { describeInstalled } from './describe-installed.ts';
import { runIn } from './run-in.ts';

const { resolve } = createRequire(import.meta.url);
const tsc = resolve('typescript/bin/tsc');
/** The types of Node, which a project that runs there has of its own. */
const typesOfNode = { types: ['node'], typeRoots: [dirname(dirname(resolve('@types/node/package.json')))] };
const example = /```js\n([\s\S]+?)```/.exec(readFileSync('docs/library.md', 'utf8'))?.[1] ?? '';
/** The sizes and counts that stand in the sentence of `describeFacts`, wherever it stands. */
const figures = (text: string): readonly number[] => {
  const [sentence = ''] = /The package has .* MB packed[\s\S]*? MB\./.exec(text) ?? [];
  return [...sentence.matchAll(/[\d.]+(?= )/g)].map(([number]) => Number(number));
};

describeInstalled('the packed package, installed into an empty folder', ({ project, facts }) => {
  const sealcheck = (...args: readonly string[]) => runIn(project, 'npx', ['--no-install', 'sealcheck', ...args]);

  beforeAll(() => {
    cpSync('test/fixtures/plans/acme', project, { recursive: true });
    cpSync(join(project, 'first-plan.json'), join(project, 'plan.json'));
  });

  it('runs the demo and writes its reports', async () => {
    const { code, stdout } = await sealcheck('demo');
    expect(code).toBe(0);
    expect(stdout).toMatch(/ ✖ \d+ fail \(/);
    for (const file of ['findings.json', 'sealcheck.sarif', 'findings.txt', 'report.html'])
      expect(statSync(join(project, 'reports', file)).size, file).toBeGreaterThan(1000);
  }, 60_000);

  it('scans a plan', async () => {
    const { code, stdout, stderr } = await sealcheck('scan', 'plan.json', '-f', 'json=found.json');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    const { findings } = JSON.parse(readFileSync(join(project, 'found.json'), 'utf8')) as ScanResult;
    const failures = findings.filter(({ status, severity }) => status === 'fail' && severity !== 'info').length;
    expect(failures).toBeGreaterThan(20);
    expect(stdout).toContain(`exit 1: ${failures} failures at or above low (--fail-on low)`);
  }, 60_000);

  it('is a library: the example of docs/library.md says what the command says', async () => {
    writeFileSync(join(project, 'example.mjs'), example);
    const [{ stdout: told }, { code, stdout, stderr }] = await Promise.all([
      sealcheck('scan', 'plan.json', '-f', 'markdown', '--as-of', '2026-01-31'),
      runIn(project, process.execPath, ['example.mjs']),
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\d+ failures at or above low /);
    const policies = (text: string) => [...new Set(text.match(/\b(?:secretsmanager|ssm|iam|kms)-[a-z-]+/g))].sort();
    expect(policies(stdout)).toEqual(policies(told));
    expect(policies(stdout)).toContain('secretsmanager-no-public-access');
  }, 60_000);

  it.each([
    ['nodenext', { module: 'nodenext', ...typesOfNode }],
    ['bundler', { module: 'esnext', ...typesOfNode }],
  ])(
    'has types that are true in a strict project, with moduleResolution %s',
    async (moduleResolution, options) => {
      const wrong = `// @ts-expect-error a plan is no text\nvoid sealcheck.readTerraformPlan('', 'plan.json');\n`;
      writeFileSync(join(project, 'example.mts'), `${example}${wrong}`);
      const compilerOptions = { strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true, target: 'es2023' };
      const config = { compilerOptions: { ...compilerOptions, moduleResolution, ...options }, files: ['example.mts'] };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config));
      expect(await runIn(project, process.execPath, [tsc, '-p', '.'])).toEqual({ code: 0, stdout: '', stderr: '' });
    },
    60_000,
  );

  it('has types that need no others', async () => {
    writeFileSync(
      join(project, 'bare.mts'),
      `import type { Policy, ScanResult } from 'sealcheck';\nexport type Both = [Policy, ScanResult];\n`,
    );
    const compilerOptions = { strict: true, skipLibCheck: false, noEmit: true, lib: ['es2023', 'dom'], types: [], module: 'nodenext' };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['bare.mts'] }));
    const { code, stdout } = await runIn(project, process.execPath, [tsc, '-p', '.', '--listFiles']);
    const others = stdout.split('\n').filter((file) => file.includes('/node_modules/') && !/\/(sealcheck|typescript)\//.test(file));
    expect({ code, others }).toEqual({ code: 0, others: [] });
  }, 60_000);

  it('is as large as the README says, within a tenth', () => {
    const true_ = figures(describeFacts(facts));
    const said = figures(readFileSync('README.md', 'utf8'));
    const far = said.filter((figure, index) => !(Math.abs(figure / (true_[index] ?? 0) - 1) <= 0.1));
    expect({ count: said.length, far }, `npm run package-facts says: ${describeFacts(facts)}`).toEqual({ count: 5, far: [] });
  });
});
