import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each package may import. Dependencies point down only; docs/architecture.md has the picture. */
const layers = {
  'tag-scheme': [],
  text: [],
  crf: [],
  eval: ['tag-scheme'],
  corpora: ['text', 'tag-scheme'],
  tagger: ['crf', 'text', 'tag-scheme'],
  experiments: ['tagger', 'corpora', 'eval', 'crf', 'text', 'tag-scheme'],
};

/** Entries that touch the file system; everything else runs in a browser too. */
const nodeOnly = ['node.ts', 'node/**'];
const noNode = {
  regex: '^node:',
  message: "The main entry runs in a browser: what needs Node lives behind the package's node entry.",
};
const noTfjs = { regex: '^@tensorflow/', message: 'tfjs is not imported at this entry.' };

const layerRules = Object.entries(layers).flatMap(([name, allowed]) => {
  const others = {
    regex: `^@cognate/(?!(${[...allowed, 'nothing'].join('|')})(/|$))`,
    message: `@cognate/${name} may import ${allowed.length ? allowed.join(', ') : 'no other package of Cognate'}.`,
  };
  const browser = { files: [`packages/${name}/src/**/*.ts`] };
  const node = { files: nodeOnly.map((pattern) => `packages/${name}/src/${pattern}`) };
  return [
    {
      ...browser,
      rules: { 'no-restricted-imports': ['error', { patterns: [others, noNode, noTfjs] }] },
    },
    { ...node, rules: { 'no-restricted-imports': ['error', { patterns: [others, noTfjs] }] } },
  ];
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/generated/**',
      '**/coverage/**',
      'docs/api/**',
      '**/.readme/**',
      '**/.turbo/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Numeric code counts and compares in places where a type cannot say so.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
    },
  },
  ...layerRules,
  {
    files: ['**/test/**/*.ts', 'benchmarks/**/*.ts', 'examples/**/*.ts', '**/scripts/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
