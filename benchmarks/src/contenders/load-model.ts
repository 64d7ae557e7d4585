import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { LinearCrf } from '@cognate/crf';
import type { Crfsuite } from '../crfsuite.js';

/** A loaded model and the milliseconds from the name of its file to a tagger that can be asked. */
export interface Loaded<Model> {
  readonly model: Model;
  readonly loadMs: number;
}

/** Reads a model's file into the memory where it will tag, and checks it. */
export function loadCognate(file: string): Loaded<LinearCrf> {
  const started = performance.now();
  const handle = openSync(file, 'r');
  const bytes = LinearCrf.allocate(fstatSync(handle).size);
  for (let at = 0; at < bytes.length;) {
    const read = readSync(handle, bytes, at, bytes.length - at, null);
    if (read === 0) throw new Error(`expected ${bytes.length} bytes in ${file}, got ${at}`);
    at += read;
  }
  closeSync(handle);
  const model = LinearCrf.fromBytes(bytes);
  return { model, loadMs: performance.now() - started };
}

/** The same by CRFsuite, of a file in its format. */
export function loadWithCrfsuite(
  { Tagger }: Crfsuite,
  file: string,
): Loaded<InstanceType<Crfsuite['Tagger']>> {
  const started = performance.now();
  const model = new Tagger();
  model.open(file);
  return { model, loadMs: performance.now() - started };
}
