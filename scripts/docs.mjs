// `pnpm run docs`: the reference of all libraries from their sources, in docs/api.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application } from 'typedoc';
import { libraries } from './layers.mjs';
import pnpm from './pnpm.cjs';

class DocumentationError extends Error {}

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

const scratch = mkdtempSync(join(tmpdir(), 'cognate-docs-'));
try {
  for (const { name, folder: relative } of libraries) {
    const folder = join(pnpm.root, relative);
    const { app, convert } = await bootstrap({
      name: `@cognate/${name}`,
      entryPoints: entrySources(folder),
      tsconfig: join(folder, 'tsconfig.json'),
      basePath: join(folder, 'src'),
      sourceLinkTemplate: `https://github.com/cognate-nlp/cognate/blob/{gitRevision}/${relative}/src/{path}#L{line}`,
      readme: join(folder, 'README.md'),
    });
    await app.generateJson(await convert(), join(scratch, `${name}.json`));
  }
  const { app, convert } = await bootstrap({
    name: 'Cognate',
    entryPointStrategy: 'merge',
    entryPoints: libraries.map(({ name }) => join(scratch, `${name}.json`)),
    readme: join(pnpm.root, 'README.md'),
  });
  const out = join(pnpm.root, 'docs/api');
  await app.generateDocs(await convert(), out);
} catch (error) {
  // typedoc has said what is wrong; of anything else the trace is wanted.
  if (!(error instanceof DocumentationError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
