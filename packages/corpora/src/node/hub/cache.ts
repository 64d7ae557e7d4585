import { copyFile, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { HubFile } from './download.js';

/**
 * One data set's folder in the hub's cache, laid out as the hub's own libraries have it: `blobs/` with the files by checksum, `snapshots/`
 * with a folder of links for each commit, `refs/` with the commits that branches and tags stood for.
 */
export class RepoCache {
  readonly #folder: string;

  constructor(cacheDir: string, repo: string) {
    this.#folder = join(cacheDir, `datasets--${repo.replaceAll('/', '--')}`);
  }

  /** Where a file's bytes are kept. */
  blob({ digest }: HubFile): string {
    return join(this.#folder, 'blobs', digest);
  }

  async prepare(): Promise<void> {
    await mkdir(join(this.#folder, 'blobs'), { recursive: true });
  }

  async hasBlob(file: HubFile): Promise<boolean> {
    try {
      return (await stat(this.blob(file))).size === file.size;
    } catch {
      return false;
    }
  }

  /** The path of a commit's file, which is made to lead to its bytes. */
  async link(commit: string, file: HubFile): Promise<string> {
    const path = this.#snapshot(commit, file.path);
    await mkdir(dirname(path), { recursive: true });
    try {
      if ((await stat(path)).size === file.size) return path;
    } catch {
      // It is not there, or leads nowhere.
    }
    const unfinished = `${path}.${randomUUID()}`;
    // Not every system lets everybody make links.
    await put(unfinished, path, () =>
      symlink(relative(dirname(path), this.blob(file)), unfinished).catch(() =>
        copyFile(this.blob(file), unfinished),
      ),
    );
    return path;
  }

  async rememberRef(revision: string, commit: string): Promise<void> {
    const path = join(this.#folder, 'refs', ...revision.split('/'));
    await mkdir(dirname(path), { recursive: true });
    const unfinished = `${path}.${randomUUID()}`;
    await put(unfinished, path, () => writeFile(unfinished, commit));
  }

  /** The commit that a revision stood for when it was last asked for; undefined where it never was. */
  async commitOf(revision: string): Promise<string | undefined> {
    if (/^[0-9a-f]{40}$/.test(revision)) return revision;
    try {
      return (await readFile(join(this.#folder, 'refs', ...revision.split('/')), 'utf8')).trim();
    } catch {
      return undefined;
    }
  }

  /** Paths within the repository of the files that a commit's snapshot has. */
  async files(commit: string): Promise<string[]> {
    try {
      const names = await readdir(this.#snapshot(commit, ''), { recursive: true });
      return names.map((name) => name.split(sep).join('/')).sort();
    } catch {
      return [];
    }
  }

  pathOf(commit: string, path: string): string {
    return this.#snapshot(commit, path);
  }

  #snapshot(commit: string, path: string): string {
    return join(this.#folder, 'snapshots', commit, ...path.split('/'));
  }
}

/** Makes a file under another name and gives it its own when it is whole; after an error nothing is left of it. */
async function put(unfinished: string, path: string, make: () => Promise<void>): Promise<void> {
  try {
    await make();
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
