import { readSafetensors, SafetensorsError, writeSafetensors, type SafeTensor } from '@cognate/nn';
import { ModelFormatError, TaggerError } from '../errors.js';
import type { OwnTemplate } from '../features/template.js';
import { LinearTagger } from '../linear/linear-tagger.js';
import { configVersion, readConfigHead, readConfigOf, writeConfig } from '../model/config.js';
import { ensembleCard } from '../model/ensemble-card.js';
import { cardFile, configFile, fileOf, type ModelFiles } from '../model/files.js';
import { NeuralTagger } from '../neural/neural-tagger.js';
import { EnsembleTagger } from './ensemble-tagger.js';
import { ensembleModelSchema, membersFile, type EnsembleConfig } from './model-config.js';

/** The members' files go into one, so that an ensemble lies in a folder, an archive or on a server like any other model. */
export function ensembleFiles({ language, members }: EnsembleTagger): ModelFiles {
  const config: EnsembleConfig = {
    format: 'cognate-tagger',
    version: configVersion,
    type: 'ensemble',
    ...(language !== undefined && { language }),
    members: members.map(({ name, weight }) => ({ name, weight })),
    model: membersFile,
  };
  const tensors = members.flatMap(({ tagger, name }) =>
    Object.entries(tagger.toFiles()).map(([file, data]): [string, SafeTensor] => [
      `${name}/${file}`,
      { dtype: 'U8', shape: [data.length], data },
    ]),
  );
  return {
    [configFile]: writeConfig(config),
    [membersFile]: writeSafetensors(tensors, { format: 'cognate-tagger' }),
    [cardFile]: new TextEncoder().encode(ensembleCard(config, members)),
  };
}

/**
 * Reads an ensemble from the files that `toFiles` gave.
 *
 * @param options.templates the own templates that linear members were trained with, if any
 * @throws ModelFormatError for files that are damaged or do not fit together, with the member; TaggerError where an own template is missing
 */
export function readEnsembleFiles(
  files: ModelFiles,
  options: { readonly templates?: readonly OwnTemplate[] | undefined } = {},
): EnsembleTagger {
  const config = readConfigOf(fileOf(files, configFile), 'ensemble', ensembleModelSchema);
  const { language, members, model } = config;
  const tensors = membersTensors(fileOf(files, model), model);
  const { templates = [] } = options;
  const taggers = members.map(({ name, weight }) => {
    return { name, weight, tagger: readMember(name, tensors, templates) };
  });
  try {
    return new EnsembleTagger(taggers, { language });
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    throw new ModelFormatError(`config.json and ${model}: ${error.message}`, { cause: error });
  }
}

function membersTensors(bytes: Uint8Array, model: string): ReadonlyMap<string, SafeTensor> {
  try {
    return readSafetensors(bytes).tensors;
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    throw new ModelFormatError(`${model}: ${error.message}`, { cause: error });
  }
}

function readMember(
  name: string,
  tensors: ReadonlyMap<string, SafeTensor>,
  templates: readonly OwnTemplate[],
): EnsembleTagger['members'][number]['tagger'] {
  const files: Record<string, Uint8Array> = {};
  for (const [path, { dtype, data }] of tensors)
    if (path.startsWith(`${name}/`) && dtype === 'U8') files[path.slice(name.length + 1)] = data;
  try {
    const { type } = readConfigHead(fileOf(files, configFile));
    if (type === 'linear') return LinearTagger.fromFiles(files, { templates });
    if (type === 'neural') return NeuralTagger.fromFiles(files);
    throw new ModelFormatError(
      `config.json: expected a linear or a neural tagger as a member, got "${type}"`,
    );
  } catch (error) {
    if (!(error instanceof TaggerError)) throw error;
    const Kind = error instanceof ModelFormatError ? ModelFormatError : TaggerError;
    throw new Kind(`member ${name}: ${error.message}`, { cause: error });
  }
}
