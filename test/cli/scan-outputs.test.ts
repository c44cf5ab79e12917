import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScanResult } from '../../src/model/scan-result.ts';
import { runCli, temporaryFolder } from '../support/run-cli.ts';
import { savedAccountFile } from '../support/saved-account.ts';

function read(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

describe('what goes to standard output', () => {
  it.each([
    ['text without a format', [], /^\n? {2}\S[\s\S]*\n {2}exit 1: .*\n$/],
    ['text beside files', ['-f', 'json=out.json'], /\n {2}exit 1: /],
    ['text when named', ['-f', 'text'], /\n {2}exit 1: /],
    ['JSON', ['-f', 'json'], /^\{\n {2}"schemaVersion": 1,[\s\S]*\n\}\n$/],
    ['JSON by a dash', ['-f', 'json=-'], /^\{\n {2}"schemaVersion": 1,/],
    ['SARIF beside a text file', ['-f', 'text=out.txt', '-f', 'sarif'], /^\{[\s\S]*"version": ?"2\.1\.0"/],
  ])('%s', async (_name, args, stdout) => {
    const run = await runCli(['scan', await savedAccountFile('sample'), ...args]);
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(stdout);
    // The reason is said where the text report does not say it.
    expect(run.stderr.includes('exit 1: ')).toBe(!run.stdout.includes('exit 1: '));
  });

  it('has no colour and no control character when it is no terminal, and colour when that is forced', async () => {
    const file = await savedAccountFile('sample');
    const escape = String.fromCharCode(27);
    const plain = await runCli(['scan', file]);
    expect([...plain.stdout].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
    const forced = await runCli(['scan', file, '-f', 'text=out.txt', '-f', 'text'], { env: { FORCE_COLOR: '1' }, cwd: join(file, '..') });
    expect(forced.stdout).toContain(`${escape}[`);
    expect(read(file, '..', 'out.txt')).not.toContain(escape);
    const never = await runCli(['scan', file], { env: { NO_COLOR: '1' } });
    expect(never.stdout).toBe(plain.stdout);
  });
});

describe('files', () => {
  it('are made with their folders, whole, and nothing else is left beside them', async () => {
    const cwd = temporaryFolder();
    const formats = ['-f', 'json=a/b/findings.json', '-f', 'sarif=a/sealcheck.sarif', '-f', 'text=findings.txt'];
    const run = await runCli(['scan', await savedAccountFile('sample'), ...formats], { cwd });
    expect(run.code).toBe(1);
    expect(readdirSync(cwd, { recursive: true }).sort()).toEqual(['a', 'a/b', 'a/b/findings.json', 'a/sealcheck.sarif', 'findings.txt']);
    expect((JSON.parse(read(cwd, 'a/b/findings.json')) as ScanResult).run.exitCode).toBe(1);
    expect(JSON.parse(read(cwd, 'a/sealcheck.sarif'))).toMatchObject({ version: '2.1.0' });
    expect(run.stdout).toContain('exit 1: ');
    expect(read(cwd, 'findings.txt')).toContain('exit 1: ');
  });

  it.skipIf(!existsSync('/dev/full'))('stay as they were when one of them cannot be written', async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'old.json'), 'OLD');
    symlinkSync('/dev/full', join(cwd, 'full.sarif'));
    const run = await runCli(['scan', await savedAccountFile('sample'), '-f', 'json=old.json', '-f', 'sarif=full.sarif'], { cwd });
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toMatch(/^error: cannot write old\.json, full\.sarif: ENOSPC/);
    expect(read(cwd, 'old.json')).toBe('OLD');
    expect(readdirSync(cwd).sort()).toEqual(['full.sarif', 'old.json']);
  });

  it('replace what a link leads to, not the link', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'real'));
    writeFileSync(join(cwd, 'real/findings.json'), 'OLD');
    symlinkSync('real/findings.json', join(cwd, 'link.json'));
    await runCli(['scan', await savedAccountFile('sample'), '-f', 'json=link.json'], { cwd });
    expect(lstatSync(join(cwd, 'link.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(read(cwd, 'real/findings.json'))).toMatchObject({ schemaVersion: 1 });
    expect(readdirSync(join(cwd, 'real'))).toEqual(['findings.json']);
  });

  it('that are pipes are written to, never replaced', async () => {
    const cwd = temporaryFolder();
    const pipe = join(cwd, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    const [run, received] = await Promise.all([
      runCli(['scan', await savedAccountFile('sample'), '-f', 'json=pipe'], { cwd }),
      readFile(pipe, 'utf8'),
    ]);
    expect(run.code).toBe(1);
    expect(JSON.parse(received)).toMatchObject({ schemaVersion: 1 });
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readdirSync(cwd)).toEqual(['pipe']);
  });
});

describe('mistakes in -f end the run with 2 before anything is read', () => {
  it.each([
    ['two owners of standard output', ['-f', 'json', '-f', 'sarif'], /json and sarif cannot both go to standard output\n.*-f NAME=FILE/],
    ['the same twice', ['-f', 'json', '-f', 'json=-'], /json and json cannot both/],
    ['one file twice', ['-f', 'json=a', '-f', 'sarif=./x/../a'], /two formats go to the same file/],
    ['a folder', ['-f', 'json=.'], /\. is a folder\n {2}name a file/],
    ['what lies below a file', ['-f', 'json=file/a.json'], /file\/a\.json cannot be a file: ENOTDIR/],
    ['no file', ['-f', 'json='], /json= names no file\n {2}write -f json=FILE/],
    ['a misspelt format', ['-f', 'jsn'], /there is no format jsn\n {2}did you mean json\?/],
    ['another format', ['-f', 'yaml'], /there is no format yaml\n {2}there are text, json, sarif, html, markdown, .*, ocsf\n/],
  ])('%s', async (_name, args, message) => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'file'), '');
    // There is no such account: it would be the next mistake.
    const run = await runCli(['scan', 'no-such-account.json', ...args], { cwd });
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(existsSync(join(cwd, 'a'))).toBe(false);
  });
});

describe('--detail failing', () => {
  it('leaves findings out and counts them', async () => {
    const file = await savedAccountFile('sample');
    const [all, failing] = await Promise.all([
      runCli(['scan', file, '-f', 'json']),
      runCli(['scan', file, '-f', 'json', '--detail', 'failing']),
    ]);
    const [full, short] = [JSON.parse(all.stdout) as ScanResult, JSON.parse(failing.stdout) as ScanResult];
    expect(short.summary).toEqual(full.summary);
    expect(short.policies).toEqual(full.policies);
    expect(short.scopes).toEqual(full.scopes);
    expect(short.findings).toEqual(full.findings.filter(({ status }) => status === 'fail' || status === 'unknown'));
    expect(short.findings.length).toBeLessThan(full.findings.length);
    expect(failing.code).toBe(all.code);
  });
});
