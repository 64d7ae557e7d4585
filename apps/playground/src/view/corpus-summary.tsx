import type { CorpusSummary } from '../training/read-corpus.js';
import { count, counted } from './numbers.js';

/** What was read of a corpus. */
export function CorpusFacts({ corpus }: { readonly corpus: CorpusSummary }) {
  const { name, sentences, tokens, labels, languages, detection, repairedTags, cut } = corpus;
  return (
    <>
      <dl class="facts">
        <dt>Corpus</dt>
        <dd>{name}</dd>
        <dt>Has</dt>
        <dd>
          {counted(sentences, 'sentence')}, {counted(tokens, 'token')}
          {cut && ' (there is more in the file; a page trains on this much at most)'}
        </dd>
        <dt>Entities</dt>
        <dd>
          {Object.entries(labels)
            .map(([label, number]) => `${label || 'entity'} ${count(number)}`)
            .join(', ')}
        </dd>
        {languages.length > 0 && (
          <>
            <dt>Languages</dt>
            <dd>{languages.join(', ')}</dd>
          </>
        )}
        {repairedTags > 0 && (
          <>
            <dt>Repaired</dt>
            <dd>{counted(repairedTags, 'tag')} that broke the scheme</dd>
          </>
        )}
      </dl>
      {detection.length > 0 && (
        <details>
          <summary>How the format was told: {detection[0]}</summary>
          <ul>
            {detection.slice(1).map((line) => (
              <li key={line}>{line.replace(/^- /, '')}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
