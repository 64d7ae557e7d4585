import type { AnyTagger } from '@cognate/tagger';
import { findLanguage } from '@cognate/text';
import { installedVersion } from '../installed-version.js';

export interface PackageFacts {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly description?: string | undefined;
}

/** The `package.json` of a model's package: entries for ES modules, CommonJS, browsers and TypeScript, and the files beside them. */
export function modelManifest(
  { name, version, license, description }: PackageFacts,
  { language, labels }: AnyTagger,
  modelFile: string,
): Record<string, unknown> {
  const where = language === undefined ? '' : ` in ${findLanguage(language)?.name ?? language}`;
  const types = './index.d.ts';
  return {
    name,
    version,
    description: description ?? `Named entities (${labels.join(', ')})${where}`,
    keywords: [
      'cognate',
      'ner',
      'named-entity-recognition',
      'model',
      ...(language === undefined ? [] : [language]),
    ],
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: {
      '.': {
        // A browser fetches what Node reads.
        browser: { types, default: './browser.js' },
        import: { types, default: './index.js' },
        require: { types: './index.d.cts', default: './index.cjs' },
      },
      './config.json': './config.json',
      './package.json': './package.json',
    },
    main: './index.cjs',
    module: './index.js',
    types,
    files: ['index.*', 'browser.js', 'config.json', modelFile],
    // The program's own copy tags, so that there is one of it, and of TensorFlow.js.
    peerDependencies: { '@cognate/tagger': `^${installedVersion('@cognate/tagger')}` },
  };
}
