import { builtinModules } from 'node:module';

/**
 * What stays outside the bundle: packages that are large and needed by some commands only, and the compiled pack. V8 scans
 * a whole file before it runs any of it, so all that is in the bundle delays every start, and `--version` most: with yaml,
 * cel-js and re2js inside, which only policies of the user's need, it took 1.36 times as long as `node -e 0`, without them 1.18.
 */
const external = /^(@aws-sdk\/|@smithy\/|@secretlint\/|@marcbachmann\/cel-js$|yaml$|re2js$|jsonc-parser$|#generated\/.*\.json$)/;
const builtin = new Set(builtinModules.flatMap((name) => [name, `node:${name}`]));

/**
 * esbuild hoists the static imports of external modules to the top of the bundle, even from modules that are imported
 * dynamically, so that every start would load the AWS SDK. Here each external module becomes a small CommonJS module of
 * the bundle, which requires the real one when the module that imports it first runs.
 */
export const lazyExternals = {
  name: 'lazy-externals',
  setup(build) {
    build.onResolve({ filter: /.*/ }, ({ path, namespace, kind }) => {
      if (namespace === 'external') return { path, external: true };
      if (kind === 'entry-point' || !(builtin.has(path) || external.test(path))) return undefined;
      return { path, namespace: 'external' };
    });
    build.onLoad({ filter: /.*/, namespace: 'external' }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
