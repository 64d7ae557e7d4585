import { statistics, type Sentence } from '@cognate/corpora';
import { readCorpus } from '@cognate/corpora/node';
import { Failure } from '../failure.js';

/** A look at so many sentences says whether a file is what it should be. */
const enough = 1000;

/**
 * What the beginning of a corpus is like, in a few words.
 *
 * @throws CorpusError, Failure for a file that is no corpus or has no tags
 */
export async function lookInto(file: string, language: string): Promise<string> {
  const reader = readCorpus(file, { language });
  const sentences: Sentence[] = [];
  for await (const batch of reader.batches()) {
    sentences.push(...batch);
    if (sentences.length >= enough) break;
  }
  if (sentences.length === 0) throw new Failure(`${file}: expected a corpus, got no sentence`);
  if (sentences.some(({ tags }) => tags === undefined))
    throw new Failure(`${file}: expected tags, got sentences without any`);
  const { labels } = statistics(sentences);
  const count = sentences.length >= enough ? `${enough} sentences or more` : `${sentences.length} sentences`;
  const format = reader.report.format === undefined ? '' : `, ${reader.report.format}`;
  const found = Object.keys(labels).sort().join(', ');
  return `${count}${format}; ${found === '' ? 'no entity' : `entities ${found}`}`;
}
