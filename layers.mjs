/**
 * The only place that says who may import whom and what each part may touch. dependency-cruiser, ESLint and
 * test/architecture.test.ts read it. A layer is a folder of src, but for `composition`: the files directly in src
 * (`scan.ts`, `index.ts` and their like).
 */

/** What each layer may import besides itself. */
export const layers = {
  model: [],
  resources: ['model'],
  expressions: ['model', 'resources'],
  policy: ['model', 'resources', 'expressions'],
  engine: ['model', 'resources', 'expressions'],
  iac: ['model', 'resources'],
  sources: ['model', 'resources', 'iac'],
  reporters: ['model'],
  state: ['model', 'resources'],
  notify: ['model'],
  endpoint: [],
  composition: ['model', 'resources', 'expressions', 'policy', 'engine', 'iac', 'sources', 'reporters'],
  cli: [
    'model',
    'resources',
    'expressions',
    'policy',
    'engine',
    'iac',
    'sources',
    'reporters',
    'state',
    'notify',
    'endpoint',
    'composition',
  ],
};

/** Each source is a folder of its own; one never imports another. */
export const apart = 'sources';

/** Functions of what they are given: no files, no network, no process, no clock. */
export const pure = ['model', 'resources', 'expressions', 'engine', 'iac', 'reporters'];

/** Modules of Node that only compute. */
export const computing = ['crypto', 'path', 'url', 'util', 'zlib'];

/** Modules of Node that reach outside, and the folders of src that may import them. */
export const reach = {
  files: { modules: ['fs', 'fs/promises'], in: ['policy', 'sources', 'state', 'cli'] },
  network: {
    modules: ['http', 'https', 'http2', 'net', 'tls', 'dns', 'dns/promises', 'dgram'],
    in: ['sources/aws', 'notify', 'endpoint', 'cli'],
  },
  process: {
    modules: [
      'process',
      'console',
      'child_process',
      'cluster',
      'os',
      'readline',
      'readline/promises',
      'tty',
      'worker_threads',
      'module',
      'vm',
    ],
    in: ['cli'],
  },
};

/** Packages, by the beginning of their name, and the folders of src that may import them. No other package may be imported. */
export const packages = {
  '@aws-sdk/': ['sources/aws', 'state', 'notify'],
  '@smithy/': ['sources/aws', 'state', 'notify'],
  '@secretlint/': ['resources'],
  '@marcbachmann/cel-js': ['expressions'],
  re2js: ['expressions'],
  yaml: ['policy', 'sources/cloudformation', 'cli'],
  'jsonc-parser': ['sources/cloudformation'],
  commander: ['cli'],
};

/** Pattern of the files of a layer, or of a folder below one, as paths from the root. */
export const filesOf = (layer) => (layer === 'composition' ? '^src/[^/]+$' : `^src/${layer}/`);
