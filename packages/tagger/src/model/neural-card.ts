import type { NeuralModelConfig } from '../neural/definition.js';
import { cell, nameOf, trainingTable, warning } from './card.js';

/** The model card of a neural tagger: what the model is, what it was trained on, how to use it. */
export function neuralCard(config: NeuralModelConfig, numbers: number): string {
  const { language, labels, tagScheme, network, training } = config;
  const { characters, words, sentence, hidden, share, features, shapes } = network;
  const inputs = [
    characters.kind === 'none' ? '' : `characters (${characters.kind}, ${characters.size})`,
    words.size === 0 ? '' : `words (${words.size})`,
    shapes.size === 0 ? '' : `case and shape (${shapes.size})`,
  ].filter((text) => text !== '');
  const own = Object.entries(share).flatMap(([part, how]) => (how === 'shared' ? [] : [part]));
  const facts = Object.entries(training.facts).map(
    ([name, value]) => `| ${cell(name)} | ${cell(String(value))} |`,
  );
  return `# Named entities: ${nameOf(language)}

A neural CRF that finds ${labels.map((label) => `\`${cell(label)}\``).join(', ')}, made with \`@cognate/tagger\` after Cotterell and Duh 2017.

## Training data

${trainingTable(training.sentences)}
${
  facts.length === 0
    ? ''
    : `
## Training

| | |
|---|---|
${facts.join('\n')}
`
}
## Model

- ${numbers} numbers. Inputs: ${inputs.join(', ')}; bidirectional LSTM of ${sentence.layers} × ${sentence.size} units a direction; tanh layer of ${hidden.size}; linear-chain CRF.
- Each language has its own: ${own.join(', ') || 'nothing'}. All else is shared.${
    features.templates.length === 0
      ? ''
      : `\n- Attributes with weights of their own: ${features.templates.map((template) => `\`${template}\``).join(', ')}.`
  }
- Tags: ${network.scheme} inside, ${tagScheme} outside; sequences that break the scheme are never predicted.

## Use

\`\`\`js
import { loadTagger } from '@cognate/tagger/node';

const tagger = await loadTagger('this/folder');
console.log(tagger.tag('...'));
\`\`\`

${warning}
`;
}
