/**
 * The one table of Cognate's packages and of what each may depend on. The lint rule, the test of the manifests and the
 * picture in docs/ all read it. Bottom up: a package uses only packages that stand above it in this list, so that
 * there can be no cycle.
 *
 * @typedef {object} Layer
 * @property {string} name the package is `@cognate/<name>`
 * @property {string} folder from the root of the repository
 * @property {readonly string[]} uses names of the packages that its published code may import
 * @property {string} [tfjs] the only folder, from the package's own, whose files may import TensorFlow.js
 * @property {string} summary what it is for, in a few words
 */

/** @type {readonly Layer[]} */
export const layers = [
  {
    name: 'tag-scheme',
    folder: 'packages/tag-scheme',
    uses: [],
    summary: 'BIO & co., spans, allowed transitions',
  },
  {
    name: 'text',
    folder: 'packages/text',
    uses: [],
    summary: 'tokens with offsets, shapes, languages',
  },
  {
    name: 'crf',
    folder: 'packages/crf',
    uses: [],
    tfjs: 'src/tfjs',
    summary: 'linear-chain CRF: lattice, linear model',
  },
  {
    name: 'nn',
    folder: 'packages/nn',
    uses: [],
    tfjs: 'src',
    summary: 'fused layers, parameters, optimisers',
  },
  {
    name: 'char-encoder',
    folder: 'packages/char-encoder',
    uses: ['nn'],
    tfjs: 'src',
    summary: 'words to vectors by characters',
  },
  {
    name: 'eval',
    folder: 'packages/eval',
    uses: ['tag-scheme'],
    summary: 'span F1, significance, reports',
  },
  {
    name: 'corpora',
    folder: 'packages/corpora',
    uses: ['text', 'tag-scheme'],
    summary: 'readers, samples, statistics',
  },
  {
    name: 'tagger',
    folder: 'packages/tagger',
    uses: ['char-encoder', 'nn', 'crf', 'text', 'tag-scheme'],
    tfjs: 'src/neural',
    summary: 'text in, entities out',
  },
  {
    name: 'trainer',
    folder: 'packages/trainer',
    uses: ['nn', 'eval', 'tag-scheme'],
    summary: 'joint training, checkpoints, threads',
  },
  {
    name: 'experiments',
    folder: 'packages/experiments',
    uses: ['trainer', 'tagger', 'char-encoder', 'corpora', 'eval', 'nn', 'crf', 'text', 'tag-scheme'],
    summary: 'cross-lingual training, grids, tables',
  },
  {
    name: 'cli',
    folder: 'apps/demo-cli',
    uses: [
      'experiments',
      'trainer',
      'tagger',
      'char-encoder',
      'corpora',
      'eval',
      'nn',
      'crf',
      'text',
      'tag-scheme',
    ],
    summary: 'the program “cognate”',
  },
];

/** Private, for tests only: nothing that is published may import it. */
export const testingPackage = { name: 'testing', folder: 'packages/testing' };

/** Private: a page, built into files for a server. It may use any library. */
export const playgroundPackage = { name: 'playground', folder: 'apps/playground' };

/** Every folder that holds a publishable library, which is to run in a browser at its main entry. */
export const libraries = layers.filter(({ folder }) => folder.startsWith('packages/'));

/**
 * What a package can do without: `uses` minus all that comes along with something else that it uses. These are the
 * arrows of the picture.
 *
 * @param {Layer} layer
 * @returns {string[]}
 */
export function directUses(layer) {
  const beneath = new Set(layer.uses.flatMap((name) => [...reach(name)]));
  return layer.uses.filter((name) => !beneath.has(name));
}

/**
 * @param {string} name
 * @returns {Set<string>} everything that the package uses, directly or through others
 */
function reach(name) {
  const found = new Set(layers.find((layer) => layer.name === name)?.uses ?? []);
  for (const other of [...found]) for (const further of reach(other)) found.add(further);
  return found;
}
