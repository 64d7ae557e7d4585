/** The modules of a model's package, by file name. They say where the model is; `@cognate/tagger` does the rest. */
export function packageModules(modelFile: string): Record<string, string> {
  const declaration = `import type { AnyTagger } from '@cognate/tagger';

/** Loads the tagger of this package. Each call makes another. */
export declare function load(): Promise<AnyTagger>;
`;
  return {
    'index.js': `import { fileURLToPath } from 'node:url';
import { loadTagger } from '@cognate/tagger/node';

export const load = () => loadTagger(fileURLToPath(new URL('.', import.meta.url)));
`,
    'index.cjs': `'use strict';
const { loadTagger } = require('@cognate/tagger/node');

exports.load = () => loadTagger(__dirname);
`,
    // Written so that bundlers see the files and take them along.
    'browser.js': `import { taggerFromFiles } from '@cognate/tagger';

const addresses = {
  'config.json': new URL('./config.json', import.meta.url),
  '${modelFile}': new URL('./${modelFile}', import.meta.url),
};

async function get([name, address]) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(\`expected \${name} at \${address}, got status \${response.status}\`);
  return [name, new Uint8Array(await response.arrayBuffer())];
}

export const load = async () =>
  taggerFromFiles(Object.fromEntries(await Promise.all(Object.entries(addresses).map(get))));
`,
    'index.d.ts': declaration,
    'index.d.cts': declaration,
  };
}

/** The card of the model, under how to install the package. */
export function packageReadme(name: string, card: string): string {
  return `# ${name}

\`\`\`sh
npm install ${name} @cognate/tagger
\`\`\`

\`\`\`js
import { load } from '${name}';

const tagger = await load();
console.log(tagger.tag('...'));
\`\`\`

The package is a model's folder, too: \`cognate tag --model node_modules/${name}\`.

${card
  .replace(/^## Use\n\n```[\s\S]*?\n```\n\n?/mu, '')
  .replace(/^(#+ )/gmu, '#$1')
  .trim()}
`;
}
