import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { defaultsIn, secretsIn } from '../sources/terraform/secrets-in-plan.ts';
import { reporters } from '../../src/reporters/index.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';

const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url));
const folders = { acme: join(fixtures, 'plans/acme'), moves: join(fixtures, 'plans/moves'), cases: join(fixtures, 'plans/cases') };
const templates = join(fixtures, 'cloudformation');

const plans = Object.entries(folders).flatMap(([name, folder]) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'expected.json')
    .map((file) => ({ title: `${name}/${file}`, path: join(folder, file), folder })),
);
const stacks = readdirSync(templates, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(yaml|template\.json)$/.test(file))
  .map((file) => ({ title: file, path: join(templates, file) }));

const secretsOfPlan = (json: unknown): readonly string[] => [...secretsIn(json), ...defaultsIn(json)];

/** Values of a template that nobody may see. References to secrets are none, nor is what everybody calls so. */
function secretsOfTemplate(text: string): readonly string[] {
  const document = parseDocument(text, { logLevel: 'silent' });
  const found = new Set<string>();
  collect(document.toJS(), '', found);
  // Of a text that refers to something, what its own lines assign.
  const pieces = [...found].flatMap((value) =>
    value.includes('${') ? value.split('\n').flatMap((line) => /^export \w+=([^$]+)$/.exec(line)?.[1] ?? []) : [value],
  );
  return pieces.filter((value) => value.length > 5 && !/\{\{resolve:|^:SecretString:/.test(value) && !harmless.test(value));
}

const harmless = /^(orders|Database\b.*|OldPassword|MasterPassword|OrdersDb|AWS::Region|postgres)$/;
const hidden = /^(SecretString|MasterUserPassword|Environment|UserData|Value)$/;

function collect(value: unknown, key: string, found: Set<string>, secret = false): void {
  const inside = secret || hidden.test(key);
  if (typeof value === 'string') {
    if (inside && !/^(Key|Ref|Fn::GetAtt)$/.test(key)) found.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const { NoEcho: silent, Default: given } = value as { readonly NoEcho?: unknown; readonly Default?: unknown };
  if (silent === true && typeof given === 'string') found.add(given);
  for (const [name, element] of Object.entries(value)) {
    // Tags are shown, and outputs and metadata are about other things.
    if (name === 'Tags' || name === 'Outputs' || name === 'Metadata') continue;
    collect(element, Array.isArray(value) ? key : name, found, inside);
  }
}

/** All that a run says, in every format: to its outputs and to files. */
async function everythingSaid(args: readonly string[], code: (code: number | null) => boolean): Promise<string> {
  const folder = temporaryFolder();
  const files = reporters.map(({ name }) => `report.${name}`);
  const formats = [...reporters.map(({ name }) => `${name}=report.${name}`), 'text'];
  const run = await runCli(['scan', ...args, '--detail', 'all', ...formats.flatMap((format) => ['-f', format])], { cwd: folder });
  expect(code(run.code), `${args[0] ?? ''}: ${run.code ?? 'killed'} ${run.stderr.slice(0, 300)}`).toBe(true);
  const written = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => files.includes(file));
  if (run.code !== 2) expect(written.sort()).toEqual([...files].sort());
  return [run.stdout, run.stderr, ...written.map((file) => readFileSync(join(folder, file), 'utf8'))].join('\n');
}

/** What is in there, as it is, or as it stands in a string of JSON, or broken by the lines of a report. */
function leaks(said: string, secrets: readonly string[]): readonly string[] {
  const unwrapped = said.replaceAll(/\s+/g, ' ');
  return secrets.filter(
    (secret) =>
      said.includes(secret) || said.includes(JSON.stringify(secret).slice(1, -1)) || unwrapped.includes(secret.replaceAll(/\s+/g, ' ')),
  );
}

const judged = (code: number | null): boolean => code === 0 || code === 1 || code === 3;
const judgedOrRefused = (code: number | null): boolean => judged(code) || code === 2;

/** Runs things a few at a time. */
async function inTurns<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
}

/** The same numbers each time. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** JSON that was cut off, with what it left open closed: a whole plan that lacks its rest. */
function closeJson(cut: string): string {
  const open: string[] = [];
  let [quoted, end] = [false, 0];
  let closers = '';
  for (let at = 0; at < cut.length; at += 1) {
    const sign = cut[at];
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '{' || sign === '[')) open.push(sign === '{' ? '}' : ']');
    else if (!quoted && (sign === '}' || sign === ']')) {
      open.pop();
      // Behind the end of an object or a list everything up to there is whole.
      [end, closers] = [at + 1, [...open].reverse().join('')];
    }
  }
  return cut.slice(0, end) + closers;
}

describe('there is something to leak', () => {
  it.each(plans.map(({ title, path }) => [title, path] as const))('in the plan %s', (_title, path) => {
    expect(secretsOfPlan(JSON.parse(readFileSync(path, 'utf8'))).length).toBeGreaterThan(0);
  });

  it('in the templates', () => {
    const found = secretsOfTemplate(readFileSync(join(templates, 'orders.yaml'), 'utf8')).join('\n');
    for (const word of [
      'default-7f3a91',
      'secret-string-51bd02',
      'master-password-90ee',
      'environment-8d21',
      'user-data-44c0',
      'ghp_c4n4ry',
    ])
      expect(found).toContain(word);
    expect(secretsOfTemplate(readFileSync(join(templates, 'cdk.out/Vault.template.json'), 'utf8'))).toContain('fixture-plain-value-1');
  });

  it('and it would be seen', () => {
    expect(leaks('a\n  "va\\"lue"', ['va"lue'])).toEqual(['va"lue']);
    expect(leaks('two\n      words', ['two words'])).toEqual(['two words']);
  });
});

describe('no value of a plan is said, in any format', () => {
  it.each(plans)('$title', async ({ path, folder }) => {
    const secrets = secretsOfPlan(JSON.parse(readFileSync(path, 'utf8')));
    const alone = join(temporaryFolder(), 'plan.json');
    writeFileSync(alone, readFileSync(path));
    const runs = [[alone], [alone, '--source', folder]];
    const said = await Promise.all(runs.map((args) => everythingSaid(args, judged)));
    expect(said.map((text) => leaks(text, secrets))).toEqual([[], []]);
  });
});

describe('no value of a template is said, in any format', () => {
  it.each(stacks)('$title', async ({ path }) => {
    const secrets = secretsOfTemplate(readFileSync(path, 'utf8'));
    expect(leaks(await everythingSaid([path], judged), secrets)).toEqual([]);
  });

  it('nor of the parameters that are given', async () => {
    const file = join(temporaryFolder(), 'p.json');
    const values = { Env: 'prod', MasterPassword: 'canary-given-77aa', OldPassword: 'canary-given-88bb', KeyArn: 'alias/shown' };
    writeFileSync(file, JSON.stringify({ Parameters: values }));
    const said = await everythingSaid([join(templates, 'orders.yaml'), '--parameters', file], judged);
    expect(leaks(said, ['canary-given-77aa', 'canary-given-88bb'])).toEqual([]);
  });

  it.each(['cdk.out', 'cdk-2.170.out'])('the assembly %s', async (folder) => {
    const secrets = stacks
      .filter(({ title }) => title.startsWith(`${folder}/`))
      .flatMap(({ path }) => secretsOfTemplate(readFileSync(path, 'utf8')));
    expect(secrets.length).toBeGreaterThan(0);
    expect(leaks(await everythingSaid([join(templates, folder)], judged), secrets)).toEqual([]);
  });
});

describe('nor when it is broken', () => {
  it('a plan that is cut off, and one that lacks its rest', async () => {
    const random = createRandom(7);
    const cuts = Array.from({ length: 20 }, (_, index) => {
      const { title, path, folder } = plans[random(plans.length)] as (typeof plans)[number];
      const text = readFileSync(path, 'utf8');
      const cut = text.slice(0, random(text.length));
      return { title: `${title} at ${cut.length}`, text: index % 2 === 0 ? cut : closeJson(cut), whole: text, folder };
    });
    const said: string[] = [];
    await inTurns(cuts, async ({ title, text, whole, folder }) => {
      const broken = join(temporaryFolder(), 'plan.json');
      writeFileSync(broken, text);
      const output = await everythingSaid([broken, '--source', folder], judgedOrRefused);
      said.push(...leaks(output, secretsOfPlan(JSON.parse(whole))).map((leak) => `${title}: ${leak}`));
    });
    expect(said).toEqual([]);
  }, 120_000);

  it('a template that is cut off', async () => {
    const random = createRandom(11);
    const cuts = Array.from({ length: 8 }, () => {
      const { title, path } = stacks[random(stacks.length)] as (typeof stacks)[number];
      const text = readFileSync(path, 'utf8');
      const cut = text.slice(0, random(text.length));
      return { title: `${title} at ${cut.length}`, cut, whole: text };
    });
    const said: string[] = [];
    await inTurns(cuts, async ({ title, cut, whole }) => {
      const broken = join(temporaryFolder(), 'template');
      writeFileSync(broken, cut);
      said.push(...leaks(await everythingSaid([broken], judgedOrRefused), secretsOfTemplate(whole)).map((leak) => `${title}: ${leak}`));
    });
    expect(said).toEqual([]);
  }, 120_000);

  it('code that is cut off, beside a plan', async () => {
    const random = createRandom(13);
    const secrets = secretsOfPlan(JSON.parse(readFileSync(join(folders.cases, 'plan.json'), 'utf8')));
    const said: string[] = [];
    await inTurns([1, 2, 3, 4], async (nth) => {
      const folder = join(temporaryFolder(), 'infra');
      mkdirSync(folder);
      for (const file of readdirSync(folders.cases).filter((one) => one.endsWith('.tf'))) {
        const text = readFileSync(join(folders.cases, file), 'utf8');
        writeFileSync(join(folder, file), text.slice(0, random(text.length)));
      }
      const output = await everythingSaid([join(folders.cases, 'plan.json'), '--source', folder], judgedOrRefused);
      said.push(...leaks(output, secrets).map((leak) => `${nth}: ${leak}`));
    });
    expect(said).toEqual([]);
  }, 120_000);
});
