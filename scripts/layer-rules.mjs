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
  ...layers.map((layer) => ({
    files: [`${layer.folder}/src/**/*.ts`],
    rules: restrict(noOthers(layer), noFolders, noTfjs),
  })),
  ...libraries.map((layer) => ({
    files: [`${layer.folder}/src/**/*.ts`],
    ignores: nodeEntries.map((pattern) => `${layer.folder}/src/${pattern}`),
    rules: {
      ...restrict(noOthers(layer), noFolders, noTfjs, noNode),
      'no-restricted-globals': [
        'error',
        ...nodeGlobals.map((name) => ({ name, message: 'The main entry runs in a browser.' })),
      ],
    },
  })),
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
