import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { pure } from './layers.mjs';

const moduleForm = [
  { selector: 'ExportAllDeclaration', message: 'Name what you export: no barrels.' },
  { selector: 'TSEnumDeclaration', message: 'A union of literals says the same.' },
];

/** What makes the same input give another result: in a pure layer it comes in as an argument. */
const impureExpressions = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The time comes in as `now`.' },
  { selector: "CallExpression[callee.name='Date']", message: 'The time comes in as `now`.' },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The time comes in as `now`.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance comes in as an argument.' },
];

const ofTheProcess = ['process', 'console'].map((name) => ({ name, message: 'Only src/cli touches it.' }));
const outsideWorld = ['fetch', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'].map((name) => ({
  name,
  message: 'A pure layer is a function of what it is given.',
}));
const hidden = ['globalThis', 'global'].map((name) => ({ name, message: 'Name the global itself.' }));

/** Runs in a browser, inside the HTML report. */
const client = 'src/reporters/html/client/**';

export default defineConfig(
  { ignores: ['dist/', 'generated/', 'reports/', 'coverage/', 'test/fixtures/', '**/*.d.mts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } },
      ],
      'no-restricted-syntax': ['error', ...moduleForm],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**', client],
    rules: { 'no-restricted-globals': ['error', ...ofTheProcess, ...hidden] },
  },
  {
    files: pure.map((layer) => `src/${layer}/**/*.ts`),
    ignores: [client],
    rules: {
      'no-restricted-globals': ['error', ...ofTheProcess, ...hidden, ...outsideWorld],
      'no-restricted-syntax': ['error', ...moduleForm, ...impureExpressions],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: { 'no-unused-vars': 'error', 'prefer-const': 'error', 'no-var': 'error', eqeqeq: 'error' },
  },
  { files: ['src/index.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['*.config.ts'], rules: { 'no-restricted-exports': 'off' } },
);
