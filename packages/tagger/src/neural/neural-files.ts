import { CharEncoderError } from '@cognate/char-encoder';
import {
  nonFiniteIndex,
  ParameterSet,
  readSafetensors,
  SafetensorsError,
  writeSafetensors,
  type SafeTensor,
} from '@cognate/nn';
import { ModelFormatError, TaggerError } from '../errors.js';
import { neuralCard } from '../model/neural-card.js';
import { readConfigOf, writeConfig } from '../model/config.js';
import { cardFile, configFile, fileOf, type ModelFiles } from '../model/files.js';
import { readNeuralConfig } from './config.js';
import type { NeuralDefinition, NeuralModelConfig } from './definition.js';
import { inventoryTensors, takeInventory } from './inventory-file.js';
import { neuralModelSchema } from './model-config.js';

export function neuralFiles(definition: NeuralDefinition, parameters: ParameterSet): ModelFiles {
  const { config, inventory } = definition;
  // By way of the set's own file, which brings values up to date that an optimiser has put off changing.
  const { tensors } = readSafetensors(parameters.toSafetensors());
  return {
    [configFile]: writeConfig(config),
    [config.model]: writeSafetensors([...tensors, ...inventoryTensors(inventory)], {
      format: 'cognate-tagger',
    }),
    [cardFile]: new TextEncoder().encode(neuralCard(config, countValues(parameters))),
  };
}

const countValues = (parameters: ParameterSet): number =>
  Array.from(parameters).reduce((sum, { values }) => sum + values.length, 0);

/** @param build makes the tagger on a set that has a place for each number; they are filled in afterwards */
export function readNeuralFiles<T>(
  files: ModelFiles,
  build: (definition: NeuralDefinition, parameters: ParameterSet) => T,
): T {
  const config = readModelConfig(fileOf(files, configFile));
  const bytes = fileOf(files, config.model);
  try {
    const { tensors } = readSafetensors(bytes);
    const inventory = takeInventory(tensors);
    const groups = config.network.share.wordEmbeddings === 'shared' ? 1 : config.languages.length;
    if (inventory.words.length !== groups)
      throw new ModelFormatError(`expected ${groups} lists of words, got ${inventory.words.length}`);
    checkTags(config, tensors);
    // Places that are ready: no number is drawn at random, and nothing is larger than the file says.
    const attach = new Map([...tensors].map(([name, { data }]) => [name, new Float32Array(data.length)]));
    const parameters = new ParameterSet({ attach });
    const tagger = build({ config, inventory }, parameters);
    parameters.load(tensors);
    checkFinite(parameters);
    return tagger;
  } catch (error) {
    const ours =
      error instanceof TaggerError ||
      error instanceof SafetensorsError ||
      error instanceof CharEncoderError ||
      error instanceof RangeError;
    if (!ours) throw error;
    throw new ModelFormatError(`${config.model}: ${error.message}`, { cause: error });
  }
}

/** Before anything is made whose size is the square of the number of tags, of which the configuration may claim any. */
function checkTags(
  { languages, labels, network }: NeuralModelConfig,
  tensors: ReadonlyMap<string, SafeTensor>,
): void {
  const name = network.share.transitions === 'shared' ? 'transitions' : `transitions.${languages[0]}`;
  const numbers = tensors.get(name)?.data.length;
  if (numbers !== undefined && numbers >= labels.length ** 2) return;
  throw new ModelFormatError(
    `tensor "${name}": expected a number for each two tags of ${labels.length} labels, got ${numbers ?? 'no such tensor'}`,
  );
}

function checkFinite(parameters: ParameterSet): void {
  for (const { name, values } of parameters) {
    const wrong = nonFiniteIndex(values);
    if (wrong >= 0)
      throw new ModelFormatError(
        `tensor "${name}": expected finite numbers, got ${values[wrong]} at ${wrong}`,
      );
  }
}

function readModelConfig(bytes: Uint8Array): NeuralModelConfig {
  const config = readConfigOf(bytes, 'neural', neuralModelSchema);
  const { language, languages, relatives } = config;
  const unknown = [language, ...Object.values(relatives)].find((code) => !languages.includes(code));
  if (unknown !== undefined)
    throw new ModelFormatError(
      `config.json: expected languages of ${languages.join(', ')}, got ${JSON.stringify(unknown)}`,
    );
  if (new Set(languages).size !== languages.length)
    throw new ModelFormatError(`config.json: languages: expected each once, got ${languages.join(', ')}`);
  try {
    return { ...config, network: readNeuralConfig(config.network) };
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    throw new ModelFormatError(`config.json: ${error.message}`, { cause: error });
  }
}
