import { useEffect, useId, useState } from 'preact/hooks';
import type { Analysis } from '../tagging/analyse.js';
import { Alternatives } from './alternatives.js';
import { EntitiesTable } from './entities-table.js';
import { MarginalsTable } from './marginals-table.js';
import { MarkedText } from './marked-text.js';
import { counted } from './numbers.js';

interface Props {
  readonly analysis: Analysis | undefined;
  readonly error: string | undefined;
}

/** What the model found, and what else it thought possible. */
export function ResultPanel({ analysis, error }: Props) {
  const found = analysis?.entities.length ?? 0;
  return (
    <section class="panel result" aria-labelledby="result-heading">
      <h2 id="result-heading">Entities</h2>
      <p class="status" role="status">
        {error === undefined &&
          (analysis ? `${counted(found, 'entity', 'entities')} found` : 'Waiting for the model …')}
      </p>
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {analysis && (
        <>
          <MarkedText {...analysis} />
          {found > 0 && <EntitiesTable language={analysis.language} entities={analysis.entities} />}
          {analysis.sentences.length > 0 && <Lattice analysis={analysis} />}
        </>
      )}
    </section>
  );
}

function Lattice({ analysis }: { readonly analysis: Analysis }) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const { sentences, tags, language } = analysis;
  useEffect(() => {
    setChosen(0);
  }, [sentences.length, language]);
  const sentence = sentences[Math.min(chosen, sentences.length - 1)];
  return (
    <>
      <h3>What else it could be</h3>
      {sentences.length > 1 && (
        <div class="field">
          <label for={id}>Sentence</label>
          <select
            id={id}
            value={chosen}
            lang={language}
            onChange={(event) => {
              setChosen(Number(event.currentTarget.value));
            }}
          >
            {sentences.map(({ text }, number) => (
              <option key={number} value={number}>
                {number + 1}: {text.length > 60 ? `${text.slice(0, 60)}…` : text}
              </option>
            ))}
          </select>
        </div>
      )}
      <h4>The most probable taggings of the sentence</h4>
      <Alternatives sentence={sentence} language={language} />
      <h4>The probability of each tag at each token</h4>
      <MarginalsTable sentence={sentence} tags={tags} language={language} />
    </>
  );
}
