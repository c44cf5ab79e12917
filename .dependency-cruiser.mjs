import { apart, computing, filesOf, layers, packages, pure, reach } from './layers.mjs';

const exactly = (names) => `^(node:)?(${names.join('|')})$`;
const escaped = (text) => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
const inNodeModules = (name) => `^node_modules/${escaped(name)}${name.endsWith('/') ? '' : '/'}`;
const listed = (names) => names.join(', ') || 'nothing else';

const layerRules = Object.entries(layers).map(([layer, may]) => ({
  name: `${layer}-in-its-place`,
  comment: `${layer} may import ${listed(may)} of src.`,
  severity: 'error',
  from: { path: filesOf(layer) },
  to: { path: '^src/', pathNot: [layer, ...may].map(filesOf) },
}));

const reachRules = Object.entries(reach).map(([name, { modules, in: allowed }]) => ({
  name: `${name}-only-where-allowed`,
  comment: `Only ${listed(allowed)} may import ${listed(modules)}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed.map(filesOf) },
  to: { dependencyTypes: ['core'], path: exactly(modules) },
}));

const packageRules = Object.entries(packages).map(([name, allowed]) => ({
  name: `${name.replaceAll(/^@|\/$/g, '').replaceAll('/', '-')}-only-where-allowed`,
  comment: `Only ${listed(allowed)} may import ${name}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed.map(filesOf) },
  to: { path: inNodeModules(name) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    {
      name: `${apart}-stay-apart`,
      comment: 'What two sources share belongs to resources or model.',
      severity: 'error',
      from: { path: `^src/${apart}/([^/]+)/` },
      to: { path: `^src/${apart}/`, pathNot: `^src/${apart}/$1/` },
    },
    {
      name: 'pure-layers-only-compute',
      comment: `${listed(pure)} are functions of what they are given; of Node they may import ${listed(computing)}.`,
      severity: 'error',
      from: { path: pure.map(filesOf) },
      to: { dependencyTypes: ['core'], pathNot: exactly(computing) },
    },
    ...reachRules,
    ...packageRules,
    {
      name: 'no-unlisted-package',
      comment: 'layers.mjs says where each package may be imported.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^node_modules/', pathNot: Object.keys(packages).map(inNodeModules) },
    },
    {
      name: 'no-dev-dependency',
      comment: 'Whoever installs the package does not get it. Types alone are gone by then.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-way-out-of-src',
      comment: 'src knows nothing of test, bench and scripts; what is made for it is imported as #generated.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts|docs)/' },
    },
    { name: 'no-circular', comment: 'Of two parts, one comes first.', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      comment: 'There is no such file or package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['^node_modules/', '^generated/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    // Without it, imports of types are invisible.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
