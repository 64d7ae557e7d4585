import { LinearCrf } from '@cognate/crf';
import { labelsOf, schemeRules, splitTag } from '@cognate/tag-scheme';
import { ModelFormatError, TaggerError, shown } from '../errors.js';
import { FeatureExtractor, type TemplateChoice } from '../features/extractor.js';
import { checkOwnTemplate, type OwnTemplate } from '../features/template.js';
import { modelCard } from '../model/card.js';
import { readConfig, writeConfig } from '../model/config.js';
import { cardFile, configFile, fileOf, type ModelFiles } from '../model/files.js';
import type { LinearParts } from './linear-tagger.js';

/** The name of the CRF's file in models that this package writes. */
export const crfFile = 'model.crf';

export function linearFiles({ crf, config }: LinearParts): ModelFiles {
  return {
    [configFile]: writeConfig(config),
    [config.model]: crf.toBytes(),
    [cardFile]: new TextEncoder().encode(modelCard(config)),
  };
}

export function readLinearFiles(files: ModelFiles, given: readonly OwnTemplate[]): LinearParts {
  const config = readConfig(fileOf(files, configFile));
  const bytes = fileOf(files, config.model);
  let crf: LinearCrf;
  try {
    crf = LinearCrf.fromBytes(bytes);
  } catch (error) {
    throw new ModelFormatError(`${config.model}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const { prefixes } = schemeRules[config.scheme];
  const wrong = crf.tags.find((tag) => {
    const { prefix } = splitTag(tag);
    return prefix !== 'O' && !Object.hasOwn(prefixes, prefix);
  });
  const labels = labelsOf(crf.tags);
  if (wrong !== undefined || labels.join('\n') !== config.labels.join('\n'))
    throw new ModelFormatError(
      `config.json and ${config.model} do not belong together: labels ${config.labels.join(', ')} in ${config.scheme}, but tags ${crf.tags.join(', ')}`,
    );
  return { crf, config, extractor: extractorOf(config.templates, config.augment, given) };
}

/** The templates of a model: built-in ones by name, own ones from the caller. */
function extractorOf(
  recorded: readonly (string | { readonly own: string })[],
  augment: boolean,
  given: readonly OwnTemplate[],
): FeatureExtractor {
  const own = new Map(given.map((template) => [checkOwnTemplate(template).name, template]));
  const templates = recorded.map((template): TemplateChoice => {
    if (typeof template === 'string') return template;
    const found = own.get(template.own);
    if (found !== undefined) return found;
    throw new TaggerError(
      `the model was trained with a template of its maker's own, ${shown(template.own)}: pass it as one of options.templates`,
    );
  });
  try {
    return new FeatureExtractor(templates, augment);
  } catch (error) {
    throw new ModelFormatError(`config.json: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
