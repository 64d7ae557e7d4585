import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { cannotWrite } from './cannot-write.js';

/**
 * Adds a line to a file; it is on the disk when the promise is fulfilled. A half line at the end, as a full disk or a killed program leaves it, is
 * ended first: it would spoil the new one too.
 */
export async function appendLine(file: string, line: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    const end = Buffer.alloc(1);
    if (size > 0) await handle.read(end, 0, 1, size - 1);
    await handle.appendFile(`${size > 0 && end.toString() !== '\n' ? '\n' : ''}${line}\n`);
    await handle.sync();
  } catch (error) {
    throw cannotWrite(file, error);
  } finally {
    await handle.close();
  }
}
