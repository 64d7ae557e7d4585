// `pnpm run docs`: the documentation as a site, in docs/site: the guides, and the reference of all libraries from their
// sources. Fails where a link leads nowhere.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import katex from '@vscode/markdown-it-katex';
import { Application } from 'typedoc';
import { libraries } from './layers.mjs';
import pnpm from './pnpm.cjs';
import { brokenLinks, linksForSite, resolveSiteLinks } from './site-links.mjs';

class DocumentationError extends Error {}

/** What the site has beside the packages, in the order of the navigation. */
const documents = new Map([
  ['docs/guides/your-language.md', { group: 'Guides', title: 'Your language in ten minutes' }],
  ['docs/guides/tagger-from-parts.md', { group: 'Guides', title: 'A tagger from the parts' }],
  ['docs/guides/only-the-crf.md', { group: 'Guides', title: 'Only the CRF' }],
  ['docs/guides/from-crfsuite.md', { group: 'Guides', title: 'From CRFsuite to @cognate/crf' }],
  ['docs/guides/formats.md', { group: 'Guides', title: 'Formats' }],
  ['docs/guides/neural-crf.md', { group: 'Guides', title: 'How the neural CRF works' }],
  ['apps/demo-cli/README.md', { group: 'Programs', title: 'The program cognate' }],
  ['apps/playground/README.md', { group: 'Programs', title: 'The playground' }],
  ['docs/architecture.md', { group: 'Inside', title: 'Architecture' }],
]);

/** Where a path of the repository is on the site; '' for the documents, whose links are followed from file to file. */
const onSite = new Map([
  ['README.md', 'index.html'],
  ['docs/guides', 'index.html'],
  ...libraries.map(({ name, folder }) => [folder, `modules/_cognate_${name}.html`]),
  ...[...documents.keys()].map((path) => [path, '']),
]);

/** The sources of a package's entries, as its manifest gives them to the workspace. */
function entrySources(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return Object.values(manifest.exports)
    .map((targets) => targets['@cognate/source'])
    .filter((source) => source !== undefined)
    .map((source) => join(folder, source));
}

async function bootstrap(options) {
  const app = await Application.bootstrap({
    logLevel: 'Warn',
    excludeInternal: true,
    // Types are checked by `pnpm run typecheck`, tests and all.
    skipErrorChecking: true,
    // Shape comments such as `[tag]: ...` look like links to it.
    validation: { notExported: true, invalidLink: true, invalidPath: false, notDocumented: false },
    disableGit: true,
    gitRevision: 'main',
    ...options,
  });
  const convert = async () => {
    const project = await app.convert();
    if (project === undefined || app.logger.hasErrors())
      throw new DocumentationError(`${options.name}: typedoc found errors`);
    app.validate(project);
    return project;
  };
  return { app, convert };
}

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cognate-docs-')));
const out = join(pnpm.root, 'docs/site');

/** Copies a page to the same place in the scratch folder, with its links as the site wants them. */
function stage(page) {
  const target = join(scratch, page);
  const markdown = readFileSync(join(pnpm.root, page), 'utf8');
  mkdirSync(dirname(target), { recursive: true });
  const linked = linksForSite(markdown, page, pnpm.root, onSite);
  const { group, title } = documents.get(page) ?? {};
  // Over a README typedoc writes its own title, over a document none.
  const text =
    title === undefined
      ? linked.replace(/^# .*$/m, '')
      : `---\ntitle: ${JSON.stringify(title)}\ngroup: ${group}\n---\n${linked}`;
  writeFileSync(target, text);
  return target;
}

try {
  for (const name of readdirSync(join(pnpm.root, 'docs')).filter((file) => /\.(?:svg|png)$/.test(file))) {
    cpSync(join(pnpm.root, 'docs', name), join(scratch, 'docs', name));
  }
  for (const { name, folder: relative } of libraries) {
    const folder = join(pnpm.root, relative);
    const { app, convert } = await bootstrap({
      name: `@cognate/${name}`,
      entryPoints: entrySources(folder),
      tsconfig: join(folder, 'tsconfig.json'),
      basePath: join(folder, 'src'),
      sourceLinkTemplate: `https://github.com/cognate-nlp/cognate/blob/{gitRevision}/${relative}/src/{path}#L{line}`,
      readme: stage(`${relative}/README.md`),
    });
    await app.generateJson(await convert(), join(scratch, `${name}.json`));
  }
  const { app, convert } = await bootstrap({
    name: 'Cognate',
    entryPointStrategy: 'merge',
    entryPoints: libraries.map(({ name }) => join(scratch, `${name}.json`)),
    readme: stage('README.md'),
    projectDocuments: [...documents.keys()].map(stage),
    // The documents in our order.
    sort: ['documents-first', 'source-order'],
    groupOrder: ['Guides', 'Programs', 'Inside', '*'],
    // A package's own page shows it; typedoc links to places of the summary that are not there.
    includeHierarchySummary: false,
    customCss: join(pnpm.root, 'docs/site.css'),
    navigationLinks: { GitHub: 'https://github.com/cognate-nlp/cognate' },
    // Formulas as MathML, which browsers draw by themselves: no script, no font.
    markdownItLoader: (parser) => {
      parser.use(katex.default ?? katex, { output: 'mathml', throwOnError: true });
    },
  });
  rmSync(out, { recursive: true, force: true });
  await app.generateDocs(await convert(), out);
  if (app.logger.hasErrors()) throw new DocumentationError('typedoc found errors');
  for (const page of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (!page.endsWith('.html')) continue;
    const file = join(out, page);
    writeFileSync(file, resolveSiteLinks(readFileSync(file, 'utf8'), page.replaceAll('\\', '/')));
  }
  const broken = brokenLinks(out);
  if (broken.length > 0)
    throw new DocumentationError(`links that lead nowhere:\n${broken.map((link) => `  ${link}`).join('\n')}`);
  console.log('docs/site/index.html');
} catch (error) {
  // typedoc has said what is wrong; of anything else the trace is wanted.
  if (!(error instanceof DocumentationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
