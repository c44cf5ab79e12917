import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import * as esbuild from 'esbuild';
import { writeIfDifferent } from './write-if-different.ts';

type Schema = Readonly<Record<string, unknown>>;

const declaration = `export declare const validate: ((value: unknown) => boolean) & { readonly errors?: readonly object[] | null };\n`;

/** Compiles a JSON Schema (2020-12) to generated/NAME.js, which needs no package when it runs, and reports all errors, or the first alone. */
export async function writeValidator(root: string, name: string, schema: Schema, { allErrors } = { allErrors: true }): Promise<void> {
  const ajv = new Ajv2020({ allErrors, allowUnionTypes: true, code: { source: true, esm: true, lines: true } });
  formats.default(ajv);
  const code = standaloneCode.default(ajv, ajv.compile(withoutDescriptions(schema) as Schema));
  // Ajv's code requires parts of Ajv even as an ES module: bundle them in.
  const { outputFiles } = await esbuild.build({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    logLevel: 'error',
  });
  writeIfDifferent(root, `generated/${name}.js`, outputFiles.map((file) => file.text).join(''));
  writeIfDifferent(root, `generated/${name}.d.ts`, declaration);
}

/** The compiled code carries the schema for its error messages; nobody reads descriptions there. */
function withoutDescriptions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDescriptions);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, entry]) => !(key === 'description' && typeof entry === 'string'));
  return Object.fromEntries(entries.map(([key, entry]) => [key, withoutDescriptions(entry)]));
}
