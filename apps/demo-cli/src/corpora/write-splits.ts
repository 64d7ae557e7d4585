import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentences } from '@cognate/corpora';
import { writeCorpus } from '@cognate/corpora/node';
import { Failure } from '../failure.js';
import { makeFolder } from '../make-folder.js';
import { writeWhole } from '../write-whole.js';

export const extensions = ['bio', 'jsonl'] as const;

export interface SplitFiles {
  readonly folder: string;
  /** What file names begin with: `gl` gives `gl-train.bio`, `gl-dev.bio`, `gl-test.bio`, `gl-README.md`. */
  readonly prefix: string;
  readonly extension: (typeof extensions)[number];
  readonly splits: readonly { readonly name: string; readonly sentences: Sentences }[];
  /** Where the sentences are from and under which licence: stored beside them. */
  readonly readme: string;
  readonly force: boolean;
}

export interface WrittenFile {
  readonly file: string;
  readonly sentences: number;
  readonly tokens: number;
}

/**
 * Writes the splits of a data set to a folder, a file each. `validation` is `dev`, as elsewhere here.
 *
 * @throws Failure for a file that is there already, before anything is written
 */
export async function writeSplits({
  folder,
  prefix,
  extension,
  splits,
  readme,
  force,
}: SplitFiles): Promise<WrittenFile[]> {
  const files = splits.map(({ name, sentences }) => ({
    file: join(folder, `${prefix}-${name === 'validation' ? 'dev' : name}.${extension}`),
    sentences,
  }));
  const about = join(folder, `${prefix}-README.md`);
  if (!force) {
    for (const file of [...files.map((one) => one.file), about])
      if (await exists(file)) throw new Failure(`${file} exists already: --force replaces it`);
  }
  await makeFolder(folder);
  const written: WrittenFile[] = [];
  for (const { file, sentences } of files) written.push({ file, ...(await writeCorpus(file, sentences)) });
  await writeWhole(about, new TextEncoder().encode(readme));
  return written;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
