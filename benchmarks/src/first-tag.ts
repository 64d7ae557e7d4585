// From nothing to the first tagged sentence, as somebody does it who tries a library: `npm install` in an empty folder with an empty cache, then
// the program that the library's own introduction suggests. Lines of code, seconds, what lies on the disk. Our packages are packed from the
// workspace; all that they depend on, and the peers, come from the npm registry.
//   pnpm --filter @cognate/benchmarks first-tag [PART-OF-A-NAME]
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packPackage } from '../../scripts/pack.mjs';
import { markdownTable } from './measure.js';
import { program, useModel } from './use-model.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'cognate-first-tag-'));

interface Library {
  readonly name: string;
  /** What is installed: names of the registry, or tarballs. */
  readonly packages: readonly string[];
  readonly code: string;
  readonly note: string;
  /** Not run, since it downloads a model. */
  readonly installOnly?: boolean;
}

/** A program in a folder, free of what the package manager that runs this tells its children. */
function run(
  command: string,
  args: readonly string[],
  cwd: string,
): { seconds: number; output: string; failed: boolean } {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  return { seconds: (performance.now() - started) / 1000, output: stdout + stderr, failed: status !== 0 };
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeOf(path) : entry.isFile() ? statSync(path).size : 0);
  }, 0);
}

function packOurs(): Record<string, string> {
  const names = ['tag-scheme', 'text', 'crf', 'nn', 'char-encoder', 'corpora', 'tagger'];
  return Object.fromEntries(
    names.map((name) => {
      const destination = join(scratch, name);
      mkdirSync(destination);
      return [name, packPackage(join(root, 'packages', name), destination)];
    }),
  );
}

const [wanted = ''] = process.argv.slice(2);

async function ourLibraries(): Promise<Library[]> {
  const ours = packOurs();
  const tagger = ['tag-scheme', 'text', 'crf', 'nn', 'char-encoder', 'tagger'].map((name) => ours[name]);
  const { model, remove } = await useModel();
  const packed = join(scratch, 'ner-gl.tgz');
  const { output, failed } = run(
    process.execPath,
    [program, 'package', model, '--name', 'ner-gl', '--out', packed],
    scratch,
  );
  remove();
  if (failed) throw new Error(output);
  return [
    {
      name: '@cognate/tagger, trained on the spot',
      packages: [...tagger, ours.corpora],
      code: `import { sampleCorpus } from '@cognate/corpora/samples';
import { LinearTagger } from '@cognate/tagger';
const tagger = await LinearTagger.train(await sampleCorpus('gl', 'train'), { language: 'gl' });
console.log(tagger.tag('Xoana Pereira foi a Vigo.'));`,
      note: 'PER, LOC, ORG; any language with sentences',
    },
    {
      name: '@cognate/tagger and a model by `cognate package`',
      packages: [...tagger, packed],
      code: `import { load } from 'ner-gl';
const tagger = await load();
console.log(tagger.tag('Xoana Pereira foi a Vigo.'));`,
      note: 'the same model, installed',
    },
  ];
}

const peers: readonly Library[] = [
  {
    name: 'wink-nlp',
    packages: ['wink-nlp', 'wink-eng-lite-web-model'],
    code: `import winkNLP from 'wink-nlp';
import model from 'wink-eng-lite-web-model';
const nlp = winkNLP(model);
console.log(nlp.readDoc('Anna moved to Lisbon in May 2020.').entities().out(nlp.its.detail));`,
    note: 'English; dates, numbers, amounts: no persons or places',
  },
  {
    name: 'node-nlp',
    packages: ['node-nlp'],
    code: `import { NlpManager } from 'node-nlp';
const manager = new NlpManager({ languages: ['en'], forceNER: true, nlu: { log: false } });
manager.addNamedEntityText('place', 'Lisbon', ['en'], ['Lisbon']);
console.log((await manager.process('en', 'Anna moved to Lisbon in May 2020.')).entities);`,
    note: 'names by lists that one gives, dates and numbers by rules',
  },
  {
    name: '@huggingface/transformers',
    packages: ['@huggingface/transformers'],
    code: `import { pipeline } from '@huggingface/transformers';
const ner = await pipeline('token-classification', 'Xenova/bert-base-multilingual-cased-ner-hrl');
console.log(await ner('Xoana Pereira foi a Vigo.'));`,
    note: 'the first run downloads a model, which is not measured here',
    installOnly: true,
  },
];

try {
  const libraries = [...('@cognate/tagger'.includes(wanted) ? await ourLibraries() : []), ...peers].filter(
    ({ name }) => name.includes(wanted),
  );
  const rows: string[][] = [];
  for (const { name, packages, code, note, installOnly } of libraries) {
    process.stderr.write(`${name}\n`);
    const folder = join(scratch, `project-${rows.length}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }\n');
    const args = ['install', '--no-audit', '--no-fund', '--cache', join(folder, '.cache'), ...packages];
    let install = run('npm', args, folder);
    let remark = note;
    if (install.failed) {
      // Install scripts that download something fail where the network has the registry only.
      process.stderr.write(install.output);
      rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
      rmSync(join(folder, '.cache'), { recursive: true, force: true });
      install = run('npm', [...args, '--ignore-scripts'], folder);
      remark += '; installed with --ignore-scripts, since a script downloads more';
    }
    if (install.failed) throw new Error(`${name}: ${install.output}`);
    writeFileSync(join(folder, 'first.js'), code);
    const first = installOnly === true ? undefined : run(process.execPath, ['first.js'], folder);
    if (first) process.stderr.write(first.output.slice(0, 600));
    if (first?.failed === true) throw new Error(`${name}: ${first.output}`);
    rows.push([
      name,
      String(code.split('\n').length),
      install.seconds.toFixed(1),
      first?.seconds.toFixed(1) ?? '–',
      (sizeOf(join(folder, 'node_modules')) / 1e6).toFixed(0),
      remark,
    ]);
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(markdownTable(['', 'lines', '`npm install`, s', 'first run, s', 'MB on disk', 'finds'], rows));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
