import { findLanguage } from '@cognate/text';
import type { LinearConfig, SentenceCounts } from './config.js';

export const nameOf = (code: string | undefined): string =>
  code === undefined ? 'no language given' : `${findLanguage(code)?.name ?? code} (${code})`;

/** Text from data that stands in a cell of a Markdown table. */
export const cell = (text: string | number): string => String(text).replace(/[|\n\r]/gu, ' ');

/** What each language had, as a table. */
export function trainingTable(sentences: SentenceCounts): string {
  const rows = sentences.map(
    (part) => `| ${cell(nameOf(part.language))} | ${part.sentences} | ${part.tokens} | ${part.entities} |`,
  );
  return `| language | sentences | tokens | entities |
|---|---:|---:|---:|
${rows.join('\n')}`;
}

export const warning = `The score of an entity is its probability under the model. A model repeats the mistakes and the gaps of its training data; try it on text of your own
before you rely on it.`;

/** The model card of a linear tagger: what the model is, what it was trained on, how to use it. */
export function modelCard(config: LinearConfig): string {
  const { language, labels, scheme, templates, augment, training } = config;
  const { sentences, params, iterations, loss, targetRepeat } = training;
  const settings = Object.entries(params).map(([name, value]) => `${name} = ${value}`);
  return `# Named entities: ${nameOf(language)}

A linear-chain CRF that finds ${labels.map((label) => `\`${cell(label)}\``).join(', ')}, trained with \`@cognate/tagger\`.

## Training data

${trainingTable(sentences)}

${augment ? 'Every attribute is used as it is and once more conjoined with the language (Daumé 2007).' : 'Attributes are not conjoined with languages.'}${targetRepeat > 1 ? ` Each sentence of the target language counts ${targetRepeat} times.` : ''}

## Model

- Tags: ${scheme}; sequences that break the scheme are never predicted.
- L-BFGS: ${settings.join(', ')}; ${iterations} iterations, loss ${loss.toPrecision(8)}.
- Templates: ${templates.map((template) => (typeof template === 'string' ? `\`${template}\`` : `\`${template.own}\` (own)`)).join(', ')}.

## Use

\`\`\`js
import { loadTagger } from '@cognate/tagger/node';

const tagger = await loadTagger('this/folder');
console.log(tagger.tag('...'));
\`\`\`

${warning}
`;
}
