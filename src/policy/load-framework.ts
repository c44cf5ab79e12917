import { nearestName } from '../expressions/nearest-name.ts';
import type { Diagnostic } from '../model/errors.ts';
import type { Framework, PublishedMapping, Requirement } from '../model/framework.ts';
import { isPlainObject } from '../resources/decode.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

export interface LoadedFramework {
  /** Undefined when there is a diagnostic. */
  readonly framework?: Framework;
  readonly diagnostics: readonly Diagnostic[];
}

type Path = readonly (string | number)[];

/** Reads one file of frameworks/. Never throws for what is in it. */
export function loadFramework(file: string, text: string): LoadedFramework {
  const source = parseYaml(file, text);
  if ('problems' in source) return { diagnostics: source.problems };
  const reader = new Reader(source);
  const root = reader.object([], ['id', 'title', 'version', 'url', 'checks', 'requirements']);
  const framework: Framework = {
    id: reader.text(root, [], 'id', /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/),
    title: reader.text(root, [], 'title'),
    version: reader.text(root, [], 'version'),
    url: reader.text(root, [], 'url', https),
    checks: reader.flag(root, [], 'checks'),
    requirements: reader.list(root, [], 'requirements').map((_, at) => readRequirement(reader, ['requirements', at])),
  };
  reader.unique(framework.requirements.map(({ id }, at) => ({ name: id, path: ['requirements', at, 'id'] })));
  return { diagnostics: reader.problems, ...(reader.problems.length === 0 ? { framework } : {}) };
}

const https = /^https:\/\/\S+$/;

function readRequirement(reader: Reader, path: Path): Requirement {
  const raw = reader.object(path, ['id', 'title', 'mapped']);
  const mapped = raw['mapped'] === undefined ? [] : reader.list(raw, path, 'mapped');
  const requirement = {
    id: reader.text(raw, path, 'id'),
    title: reader.text(raw, path, 'title'),
    mapped: mapped.map((_, at) => readMapping(reader, [...path, 'mapped', at])),
  };
  reader.unique(requirement.mapped.map(({ check }, at) => ({ name: check, path: [...path, 'mapped', at, 'check'] })));
  return requirement;
}

function readMapping(reader: Reader, path: Path): PublishedMapping {
  const raw = reader.object(path, ['check', 'url']);
  return { check: reader.text(raw, path, 'check'), url: reader.text(raw, path, 'url', https) };
}

type Raw = { readonly [key: string]: unknown };

/** Takes values of the wrong kind for empty ones and notes them, so that one run shows all that is wrong. */
class Reader {
  readonly problems: Diagnostic[] = [];
  readonly #source: YamlSource;

  constructor(source: YamlSource) {
    this.#source = source;
  }

  object(path: Path, keys: readonly string[]): Raw {
    const value = valueAt(this.#source.value, path);
    if (!isPlainObject(value)) {
      this.#problem(path, 'expected an object');
      return {};
    }
    for (const key of Object.keys(value).filter((name) => !keys.includes(name))) {
      const nearest = nearestName(key, keys);
      const hint = nearest === undefined ? `it takes ${keys.join(', ')}` : `did you mean ${nearest}?`;
      this.problems.push(this.#source.atKey([...path, key], `there is no ${key} here`, hint));
    }
    return value;
  }

  text(raw: Raw, path: Path, key: string, pattern = /\S/): string {
    const value = raw[key];
    if (typeof value === 'string' && pattern.test(value)) return value;
    if (value === undefined) this.#problem(path, `${key} is missing`);
    else if (typeof value === 'string') this.#problem([...path, key], `does not match ${String(pattern)}`);
    else this.#problem([...path, key], 'expected a text', 'put numbers in quotes');
    return '';
  }

  flag(raw: Raw, path: Path, key: string): boolean {
    const value = raw[key];
    if (value !== undefined && typeof value !== 'boolean') this.#problem([...path, key], 'expected true or false');
    return value === true;
  }

  list(raw: Raw, path: Path, key: string): readonly unknown[] {
    const value = raw[key];
    if (Array.isArray(value) && value.length > 0) return value;
    if (value === undefined) this.#problem(path, `${key} is missing`);
    else this.#problem([...path, key], 'expected a list that is not empty');
    return [];
  }

  unique(names: readonly { readonly name: string; readonly path: Path }[]): void {
    for (const [at, { name, path }] of names.entries()) {
      if (name !== '' && names.findIndex((other) => other.name === name) < at) this.#problem(path, `${name} stands here twice`);
    }
  }

  #problem(path: Path, message: string, hint?: string): void {
    this.problems.push(this.#source.at(path, message, hint === undefined ? {} : { hint }));
  }
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)];
    return isPlainObject(value) ? value[step] : undefined;
  }, root);
}
