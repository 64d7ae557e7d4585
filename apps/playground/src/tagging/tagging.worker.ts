import { expose } from 'comlink';
import { selectBackend } from '@cognate/nn';
import { fetchModelFiles, taggerFromFiles, type AnyTagger, type ModelFiles } from '@cognate/tagger';
import type { NamedFile } from '../files/archive.js';
import { readModelFiles } from '../files/model-files.js';
import { withoutEval } from '../without-eval.js';
import { analyse, type Analysis } from './analyse.js';
import { describeModel, type ModelDescription } from './describe-model.js';

withoutEval();

let tagger: AnyTagger | undefined;

/** Takes a model in use once it has been read whole: a damaged one leaves the one before it in its place. */
async function use(files: ModelFiles): Promise<ModelDescription> {
  // TensorFlow.js does little in tagging; its own WebAssembly would be two more files to serve. The LSTMs are computed by our kernels.
  if (mayBeNeural(files)) await selectBackend({ prefer: 'cpu' });
  tagger = await taggerFromFiles(files);
  return describeModel(tagger, files);
}

const mayBeNeural = (files: ModelFiles): boolean =>
  /"type":\s*"(?:neural|ensemble)"/u.test(new TextDecoder().decode(files['config.json']));

const service = {
  loadFrom: async (url: string): Promise<ModelDescription> => await use(await fetchModelFiles(url)),
  loadPicked: async (files: readonly NamedFile[]): Promise<ModelDescription> =>
    await use(await readModelFiles(files)),
  load: use,
  tag(text: string, language: string): Analysis {
    if (tagger === undefined) throw new Error('expected a model to be loaded first');
    return analyse(tagger, text, language);
  },
};

export type TaggingService = typeof service;

expose(service);
