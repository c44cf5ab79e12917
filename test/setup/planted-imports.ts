import { apart, computing, layers, packages, pure, reach } from '../../layers.mjs';

/** A file with one import, which breaks a rule or, where `breaks` is absent, none. */
export interface PlantedImport {
  /** Path from the root, with forward slashes. */
  readonly file: string;
  readonly specifier: string;
  readonly breaks?: string;
}

function plant(folder: string, name: string, specifier: string, breaks?: string): PlantedImport {
  const file = `${folder === 'composition' ? 'src' : `src/${folder}`}/${name.replaceAll('/', '-')}.ts`;
  return { file, specifier, ...(breaks === undefined ? {} : { breaks }) };
}

/** How a file directly in one layer names `thing.ts` of another. */
function thingOf(from: string, to: string): string {
  const src = from === 'composition' ? './' : '../';
  return to === 'composition' ? `${src}thing.ts` : `${src}${to}/thing.ts`;
}

/** Every pair of layers, and a folder that is no layer. */
const betweenLayers = Object.entries(layers).flatMap(([layer, may]) =>
  [...Object.keys(layers), 'elsewhere']
    .filter((other) => other !== layer)
    .map((other) => plant(layer, `imports-${other}`, thingOf(layer, other), may.includes(other) ? undefined : `${layer}-in-its-place`)),
);

const betweenSources = [
  plant(`${apart}/one`, 'other', '../two/thing.ts', `${apart}-stay-apart`),
  plant(`${apart}/one`, 'same', './thing.ts'),
];

const inPureLayers = pure.flatMap((layer) => [
  plant(layer, 'timers', 'node:timers', 'pure-layers-only-compute'),
  plant(layer, 'bare-timers', 'timers', 'pure-layers-only-compute'),
  ...computing.map((module) => plant(layer, `computing-${module}`, `node:${module}`)),
]);

const reaching = Object.entries(reach).flatMap(([name, { modules, in: allowed }]) =>
  modules.flatMap((module) => [
    plant('composition', `core-${module}`, `node:${module}`, `${name}-only-where-allowed`),
    ...allowed.map((folder) => plant(folder, `core-${module}`, `node:${module}`)),
  ]),
);

const ofPackages = Object.entries(packages).flatMap(([name, allowed]) => {
  const label = name.replaceAll(/^@|\/$/g, '').replaceAll('/', '-');
  const specifier = packageName(name);
  return [
    plant('composition', `package-${label}`, specifier, `${label}-only-where-allowed`),
    ...allowed.map((folder) => plant(folder, `package-${label}`, specifier)),
  ];
});

/** The name itself, or some package of a scope. */
function packageName(name: string): string {
  return name.endsWith('/') ? `${name}planted` : name;
}

const others = [
  plant('cli', 'unlisted', 'unlisted', 'no-unlisted-package'),
  plant('cli', 'dev', 'dev', 'no-dev-dependency'),
  plant('cli', 'out', '../../test/thing.ts', 'no-way-out-of-src'),
  plant('model', 'circle-one', './circle-two.ts', 'no-circular'),
  // A circle is reported once, where it was entered.
  plant('model', 'circle-two', './circle-one.ts'),
  plant('cli', 'missing', './not-there.ts', 'not-to-unresolvable'),
];

/** For each rule imports that break it, and for each permission imports that use it. */
export const plants: readonly PlantedImport[] = [
  ...betweenLayers,
  ...betweenSources,
  ...inPureLayers,
  ...reaching,
  ...ofPackages,
  ...others,
];

/** What the imports name. */
export const plantedModules: readonly string[] = [
  ...[...Object.keys(layers), 'elsewhere', `${apart}/one`, `${apart}/two`].map((folder) => plant(folder, 'thing', '').file),
  'test/thing.ts',
];
export const plantedPackages = {
  dependencies: [...Object.keys(packages).map(packageName), 'unlisted'],
  devDependencies: ['dev'],
} as const;
