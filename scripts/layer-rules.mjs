import { builtinModules } from 'node:module';
import { layers, libraries } from './layers.mjs';

/** Entries that may use Node; every other file of a library runs in a browser too. */
const nodeEntries = ['node.ts', 'node/**'];

const builtins = builtinModules.filter((name) => !name.startsWith('_')).join('|');
const noNode = {
  regex: `^(node:|(${builtins})(/|$))`,
  message: "The main entry runs in a browser: what needs Node lives behind the package's node entry.",
};
const noTfjs = { regex: '^@tensorflow/', message: 'tfjs is not imported at this entry.' };
const noFolders = {
  regex: '^\\.\\.?/.*\\b(src|packages|apps|dist)/',
  message: 'Import another package by its name.',
};

const nodeGlobals = [
  'process',
  'Buffer',
  'global',
  'require',
  'module',
  '__dirname',
  '__filename',
  'setImmediate',
];

/** @param {import('./layers.mjs').Layer} layer */
const noOthers = ({ name, uses }) => ({
  regex: uses.length > 0 ? `^@cognate/(?!(${uses.join('|')})(/|$))` : '^@cognate/',
  message: `@cognate/${name} may import ${uses.length > 0 ? uses.join(', ') : 'no other package of Cognate'}.`,
});

/**
 * What every file of a library keeps to, and those outside the one folder that may use TensorFlow.js.
 *
 * @param {import('./layers.mjs').Layer} layer
 * @param {string[]} ignores
 * @param {(...patterns: { regex: string, message: string }[]) => import('eslint').Linter.RulesRecord} rules
 * @returns {import('eslint').Linter.Config[]}
 */
const withTfjs = ({ folder, tfjs }, ignores, rules) => [
  { files: [`${folder}/src/**/*.ts`], ignores, rules: rules(noTfjs) },
  ...(tfjs === undefined ? [] : [{ files: [`${folder}/${tfjs}/**/*.ts`], ignores, rules: rules() }]),
];

/**
 * @param {{ regex: string, message: string }[]} patterns
 * @returns {import('eslint').Linter.RulesRecord}
 */
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

/**
 * The lint rules that hold the directions of scripts/layers.mjs and keep the main entries free of Node.
 *
 * @type {import('eslint').Linter.Config[]}
 */
export const layerRules = [
  ...layers.flatMap((layer) =>
    withTfjs(layer, [], (...more) => restrict(noOthers(layer), noFolders, ...more)),
  ),
  ...libraries.flatMap((layer) =>
    withTfjs(
      layer,
      nodeEntries.map((pattern) => `${layer.folder}/src/${pattern}`),
      (...more) => ({
        ...restrict(noOthers(layer), noFolders, noNode, ...more),
        'no-restricted-globals': [
          'error',
          ...nodeGlobals.map((name) => ({ name, message: 'The main entry runs in a browser.' })),
        ],
      }),
    ),
  ),
  {
    files: libraries.map(({ folder }) => `${folder}/src/**/*.ts`),
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance comes from a seed that the caller gives.' },
      ],
    },
  },
];
