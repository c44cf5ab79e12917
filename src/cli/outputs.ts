import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { ScanResult } from '../model/scan-result.ts';
import { nearestName } from '../expressions/nearest-name.ts';
import { reporters } from '../reporters/index.ts';
import type { Report, Reporter, ReportOptions } from '../reporters/reporter.ts';
import type { Io, Output } from './io.ts';
import type { ChosenOptions } from './report-options.ts';

/** One report to make: which, and where to. */
export interface OutputPlan<R = Reporter> {
  readonly reporter: R;
  /** Undefined: standard output. */
  readonly path?: string;
}

/** Understands `-f NAME[=PATH]` for the reports of a scan. Throws UserError. */
export function planOutputs(formats: readonly string[]): readonly OutputPlan[] {
  return planDocuments(formats, reporters);
}

/** Understands `-f NAME[=PATH]`. Text goes to stdout unless another format owns it. Throws UserError. */
export function planDocuments<R extends { readonly name: string }>(
  formats: readonly string[],
  available: readonly R[],
): readonly OutputPlan<R>[] {
  const find = (name: string): R | undefined => available.find((reporter) => reporter.name === name);
  const plans = formats.map((format): OutputPlan<R> => {
    const [, name = '', path] = /^([^=]*)(?:=([\s\S]*))?$/.exec(format) ?? [];
    const reporter = find(name);
    if (!reporter) {
      const names = available.map((known) => known.name);
      const nearest = nearestName(name, names);
      throw new UserError('usage', `there is no format ${name}`, {
        hint: nearest ? `did you mean ${nearest}?` : `there are ${names.join(', ')}`,
      });
    }
    if (path === '') throw new UserError('usage', `${format} names no file`, { hint: `write -f ${name}=FILE` });
    if (path === undefined || path === '-') return { reporter };
    checkOutputPath(path);
    return { reporter, path };
  });
  const owners = plans.filter((plan) => plan.path === undefined);
  if (owners.length > 1) {
    const names = owners.map((plan) => plan.reporter.name).join(' and ');
    throw new UserError('usage', `${names} cannot both go to standard output`, { hint: 'give one of them a file: -f NAME=FILE' });
  }
  const files = plans.flatMap((plan) => (plan.path === undefined ? [] : [resolve(plan.path)]));
  if (new Set(files).size < files.length) throw new UserError('usage', 'two formats go to the same file');
  const text = find('text');
  return owners.length === 0 && text ? [...plans, { reporter: text }] : plans;
}

/** The reports of a scan. */
export function writeOutputs(result: ScanResult, plans: readonly OutputPlan[], chosen: ChosenOptions, io: Io): void {
  writeDocuments(plans, (reporter, options) => reporter.render(result, { ...options, ...chosen }), io);
}

/**
 * Makes every report first, then writes them: nothing half-written when one of them cannot be. A report that the options do not allow
 * keeps the others from nothing: a scan may have taken long. Throws its UserError after they are written.
 */
export function writeDocuments<R extends { readonly name: string }>(
  plans: readonly OutputPlan<R>[],
  render: (reporter: R, options: Omit<ReportOptions, keyof ChosenOptions>) => Report,
  io: Io,
): void {
  let refused: UserError | undefined;
  const made = plans.flatMap((plan) => {
    const color = plan.path === undefined && io.stdout.color;
    const columns = plan.path === undefined ? io.stdout.columns : 120;
    const options = { color, columns, links: plan.path === undefined && io.stdout.links };
    try {
      return [{ plan, report: checkParts(plan, render(plan.reporter, options)) }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused = error;
      return [];
    }
  });
  writeFiles(made.flatMap(({ plan: { path }, report }) => (path === undefined ? [] : filesOf(path, report))));
  for (const { plan, report } of made) {
    for (const warning of report.warnings) printWarning(`${plan.reporter.name}: ${warning}`, io.stderr);
    if (plan.path === undefined) io.stdout.write(report.text);
  }
  if (refused !== undefined) throw refused;
}

function checkParts<R extends { readonly name: string }>({ reporter, path }: OutputPlan<R>, report: Report): Report {
  if (report.parts === undefined || path !== undefined) return report;
  throw new UserError('usage', `${reporter.name} of several files cannot go to standard output`, {
    hint: `write -f ${reporter.name}=FILE`,
  });
}

/** The file of a report, or those of its parts: `a.sarif` becomes `a.123456789012.sarif`, or the name stands where `{account}` does. */
function filesOf(path: string, { text, parts }: Report): readonly { readonly path: string; readonly text: string }[] {
  if (parts === undefined) return [{ path, text }];
  return parts.map((part) => ({ path: partPath(path, part.name), text: part.text }));
}

function partPath(path: string, name: string): string {
  if (path.includes('{account}')) return path.replaceAll('{account}', () => name);
  const { dir, name: base, ext } = parse(path);
  return join(dir, `${base}.${name}${ext}`);
}

function printWarning(text: string, stderr: Output): void {
  stderr.write(`warning: ${text}\n`);
}

/** Refuses what cannot become a file, before the work is done. Throws UserError. */
export function checkOutputPath(path: string): void {
  let isFolder: boolean;
  try {
    isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch (error) {
    throw new UserError('usage', `${path} cannot be a file: ${(error as NodeJS.ErrnoException).code ?? 'error'}`, {
      hint: 'name another',
      cause: error,
    });
  }
  if (isFolder) throw new UserError('usage', `${path} is a folder`, { hint: 'name a file' });
}

interface FileToWrite {
  readonly path: string;
  readonly text: string;
  /** Default: 0600, for reports are for who made them. */
  readonly mode?: number;
}

/** Writes files atomically: all are written beside their places, then moved. Throws UserError `output-failed`. */
export function writeFiles(files: readonly FileToWrite[]): void {
  const written: { readonly temporary: string; readonly path: string }[] = [];
  const direct: { readonly path: string; readonly text: string }[] = [];
  try {
    for (const { path, text, mode = 0o600 } of files) {
      const before = statSync(path, { throwIfNoEntry: false });
      if (before && !before.isFile()) {
        // A device or a pipe, such as /dev/stdout: a file must not take its place.
        direct.push({ path, text });
        continue;
      }
      // Behind a link, its target is what changes.
      const place = before ? realpathSync(path) : resolve(path);
      mkdirSync(dirname(place), { recursive: true });
      const temporary = `${place}.${process.pid}.tmp`;
      written.push({ temporary, path: place });
      writeFileSync(temporary, text, { mode, flush: true });
    }
    for (const { path, text } of direct) writeFileSync(path, text);
    for (const { temporary, path } of written) renameSync(temporary, path);
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    throw new UserError('output-failed', `cannot write ${files.map((file) => file.path).join(', ')}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
