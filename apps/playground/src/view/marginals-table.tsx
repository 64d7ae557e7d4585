import type { AnalysedSentence } from '../tagging/analyse.js';
import { labelStyle } from './labels.js';
import { directionOf } from './languages.js';
import { percent, wholePercent } from './numbers.js';

interface Props {
  readonly sentence: AnalysedSentence;
  readonly tags: readonly string[];
  readonly language: string;
}

/** Below this a probability is shown as a dot, so that the others stand out. */
const shownFrom = 0.005;

/** How probable each tag is at each token: the lattice as a table. */
export function MarginalsTable({ sentence, tags, language }: Props) {
  const [best] = sentence.taggings;
  return (
    <div class="scroll" role="region" aria-label="Probability of each tag at each token" tabIndex={0}>
      <table class="marginals" dir={directionOf(language)}>
        <thead>
          <tr>
            <th scope="col">Token</th>
            {tags.map((tag) => (
              <th key={tag} scope="col">
                <bdi dir="ltr">{tag}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sentence.tokens.map(({ text, start, marginals }, at) => (
            <tr key={start}>
              <th scope="row" class="word" lang={language}>
                <bdi>{text}</bdi>
              </th>
              {marginals.map((probability, tag) => (
                <td
                  key={tags[tag]}
                  class={best.tags[at] === tags[tag] ? 'best' : undefined}
                  style={{
                    ...(tags[tag] !== 'O' && labelStyle(tags[tag].replace(/^[A-Z]-/, ''))),
                    '--share': String(probability),
                  }}
                  title={`${text}: ${tags[tag]} ${percent(probability)}`}
                  aria-label={percent(probability)}
                >
                  {probability < shownFrom ? '·' : wholePercent(probability)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
