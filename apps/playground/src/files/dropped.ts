import type { NamedFile } from './archive.js';

/** The files that a picker gave, with their paths where a folder was picked. */
export function pickedFiles(list: FileList | null): NamedFile[] {
  return Array.from(list ?? [], (file) => ({ path: file.webkitRelativePath || file.name, content: file }));
}

/** The files that were dropped, those of dropped folders among them. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // Entries have to be asked for at once: they are gone after the first await.
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null)) return pickedFiles(transfer.files);
  const files: NamedFile[] = [];
  for (const entry of entries) if (entry !== null) await walk(entry, files);
  return files;
}

async function walk(entry: FileSystemEntry, into: NamedFile[]): Promise<void> {
  if (into.length > mostFiles)
    throw new Error(`expected a folder of at most ${String(mostFiles)} files, got a larger one`);
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    into.push({ path: entry.fullPath.replace(/^\//, ''), content: file });
  } else if (entry.isDirectory) {
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => {
        reader.readEntries(resolve, reject);
      });
      if (some.length === 0) return;
      for (const inner of some) await walk(inner, into);
    }
  }
}

/** More is no model and no corpus, but somebody's home. */
const mostFiles = 1000;
