import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reporters } from '../../src/reporters/index.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { pack } from '../support/scan-endpoint.ts';

const made = new Map<string, Promise<string>>();

/** The script, made once for all tests. */
async function scriptFor(shell: string): Promise<string> {
  const script = made.get(shell) ?? runCli(['completion', shell]).then(({ stdout }) => stdout);
  made.set(shell, script);
  return await script;
}

/** Whether a shell is missing: said aloud on a laptop, a failure under CI=true. */
function lacks(shell: string): boolean {
  if (spawnSync(shell, ['--version']).status === 0) return false;
  if (process.env['CI'] === 'true') throw new Error(`the tests of completion need ${shell}`);
  process.stderr.write(`skipped: the tests of completion in ${shell}, which is not installed\n`);
  return true;
}

const policies = pack().map(({ policy }) => policy.id);

/** What bash offers for the last word; the words as bash itself splits them. */
async function complete(words: readonly string[]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'sealcheck.bash'), await scriptFor('bash'));
  const program = 'source sealcheck.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _sealcheck; printf "%s\\n" "${COMPREPLY[@]}"';
  const output = execFileSync('bash', ['--norc', '--noprofile', '-eu', '-c', program, 'bash', 'sealcheck', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  return output.split('\n').filter((line) => line !== '');
}

describe.skipIf(lacks('bash'))('bash', () => {
  it('takes the script for its own, and completes sealcheck with it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'sealcheck.bash'), await scriptFor('bash'));
    const output = execFileSync('bash', ['--norc', '--noprofile', '-eu', '-c', 'source sealcheck.bash; complete -p sealcheck'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output).toBe('complete -o default -F _sealcheck sealcheck\n');
  });

  it.each<readonly [what: string, words: readonly string[], expected: readonly string[]]>([
    ['a command', ['sc'], ['scan']],
    ['commands that begin alike', ['po'], ['policies']],
    ['a subcommand', ['policies', 's'], ['show']],
    ['a flag', ['scan', '--fail-on-u'], ['--fail-on-unknown']],
    ['a flag after paths and values', ['scan', 'plan.json', '--region', 'us-east-1', '--sarif-p'], ['--sarif-profile']],
    ['a flag of a subcommand', ['policies', 'list', '--js'], ['--json']],
    ['a flag of the program', ['--ver'], ['--version']],
    ['the choices of a flag', ['scan', '--fail-on', ''], ['critical', 'high', 'medium', 'low', 'info', 'none']],
    ['the choices after =', ['scan', '--fail-on', '=', 'me'], ['medium']],
    ['the choices at =', ['scan', '--sarif-waived', '='], ['omit', 'include']],
    ['formats', ['report', '-f', ''], reporters.map(({ name }) => name)],
    ['formats by the long flag', ['scan', '--format', 'sa'], ['sarif']],
    ['the file of a format, by bash itself', ['scan', '-f', 'sarif', '=', 'out'], []],
    ['a policy by flag', ['scan', '--policy', 'secretsmanager-rotation-int'], ['secretsmanager-rotation-interval']],
    ['a policy by argument', ['explain', 'secretsmanager-rotation-int'], ['secretsmanager-rotation-interval']],
    ['all policies', ['policies', 'show', ''], policies],
    ['a framework', ['report', 'f.json', '--framework', 'pci'], ['pci-dss-4']],
    ['a tag', ['scan', '--tag', 'rotat'], ['rotation']],
    ['what to redact', ['scan', '--redact', 'acc'], ['account,name', 'account']],
    ['groups of text', ['scan', '--group', 'ru'], ['rule']],
    ['shells', ['completion', ''], ['bash', 'zsh', 'fish']],
    ['a value that is not known, by bash itself', ['scan', '--baseline', ''], []],
    ['nothing of another command', ['explain', '--fail'], []],
    ['a command only in its place', ['scan', 'explain', '--sarif-s'], ['--sarif-split']],
  ])('completes %s', async (_, words, expected) => {
    expect(await complete(words)).toEqual(expected);
  });

  it('knows every command and every flag that the help shows', async () => {
    const help = async (words: readonly string[]): Promise<string> => (await runCli([...words, '--help'])).stdout;
    const listed = [...(await help([])).matchAll(/^ {2}([a-z]+) (?:\[|<| {2})/gm)].map(([, name = '']) => name);
    expect(listed.length).toBeGreaterThan(9);
    expect(await complete([''])).toEqual(expect.arrayContaining(listed));
    for (const command of ['scan', 'report', 'doctor', 'completion']) {
      const flags = [...(await help([command])).matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name = '']) => name);
      expect(flags.length).toBeGreaterThan(0);
      expect(await complete([command, '--'])).toEqual(expect.arrayContaining(flags));
    }
  });
});

describe.skipIf(lacks('zsh'))('zsh', () => {
  it('takes the script', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, '_sealcheck'), await scriptFor('zsh'));
    const program = 'autoload -U compinit; compinit -u -D; source ./_sealcheck; print $_comps[sealcheck]';
    expect(execFileSync('zsh', ['-f', '-e', '-c', program], { cwd: folder, encoding: 'utf8' })).toBe('_sealcheck\n');
  });
});

describe.skipIf(lacks('fish'))('fish', () => {
  it.each([
    ['sealcheck sca', 'scan'],
    ['sealcheck scan --format sa', 'sarif'],
    ['sealcheck policies s', 'show'],
    ['sealcheck explain secretsmanager-rotation-int', 'secretsmanager-rotation-interval'],
  ])('completes %s', async (line, expected) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'sealcheck.fish'), await scriptFor('fish'));
    const output = execFileSync('fish', ['--no-config', '-c', `source sealcheck.fish; complete -C ${JSON.stringify(line)}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(output.split('\n').map((one) => one.split('\t')[0])).toContain(expected);
  });
});

/** Without the shells at hand: every quote is closed, and what there is to complete is there. */
describe.each(['bash', 'zsh', 'fish'])('the script for %s', (shell) => {
  it('names commands, flags, choices, formats and policies, and quotes what it says of them', async () => {
    const script = await scriptFor(shell);
    for (const word of ['waivers', 'sarif-split', 'critical', 'gitlab', ...reporters.map(({ name }) => name), ...policies])
      expect(script).toContain(word);
    for (const line of script.split('\n').filter((one) => !/^ *#/.test(one))) {
      const bare = shell === 'fish' ? line.replace(/\\['\\]/g, '') : line.replaceAll(String.raw`'\''`, '');
      expect((bare.match(/'/g) ?? []).length % 2, line).toBe(0);
    }
  });
});

describe('mistakes', () => {
  it.each([
    ['no shell', ['completion'], /missing required argument 'shell'/],
    ['another shell', ['completion', 'tcsh'], /Allowed choices are bash, zsh, fish/],
  ])('%s is 2', async (_, args, said) => {
    const run = await runCli(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(said);
  });
});
