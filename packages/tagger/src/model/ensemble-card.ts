import type { EnsembleMember } from '../ensemble/ensemble-tagger.js';
import type { EnsembleConfig } from '../ensemble/model-config.js';
import { cell, nameOf, trainingTable, warning } from './card.js';

/** The model card of an ensemble: its members, what they were trained on, how to use it. */
export function ensembleCard(config: EnsembleConfig, members: readonly Required<EnsembleMember>[]): string {
  const [{ tagger: first }] = members;
  const rows = members.map(
    ({ name, weight, tagger }) => `| ${cell(name)} | ${tagger.type} | ${Number(weight.toPrecision(4))} |`,
  );
  return `# Named entities: ${nameOf(config.language)}

An ensemble that finds ${first.labels.map((label) => `\`${cell(label)}\``).join(', ')}, made with \`@cognate/tagger\`. The probability of a tagging is the weighted
geometric mean of the members', normalised.

## Members

| name | kind | weight |
|---|---|---:|
${rows.join('\n')}

## Training data

${trainingTable(first.config.training.sentences)}

## Use

\`\`\`js
import { loadTagger } from '@cognate/tagger/node';

const tagger = await loadTagger('this/folder');
console.log(tagger.tag('...'));
\`\`\`

${warning}
`;
}
