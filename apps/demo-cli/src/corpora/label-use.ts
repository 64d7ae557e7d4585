import { map, mapLabels, pipe, type LabelMap, type ReadOptions, type Sentence } from '@cognate/corpora';
import type { CorpusReader, Sentences } from '@cognate/corpora';
import { readCorpus } from '@cognate/corpora/node';
import { labelsOf } from '@cognate/tag-scheme';
import { warn } from '../terminal/warn.js';

/** Gives labels other names and notes which there are: a misspelt one would change nothing, and nobody be told. */
export class LabelUse {
  readonly #asked = new Set<string>();
  readonly #seen = new Set<string>();

  /** A corpus as `readCorpus` gives it. */
  read(path: string, options: ReadOptions): { reader: CorpusReader; sentences: Sentences } {
    const { labels, ...others } = options;
    // Into another scheme the reader brings them itself, after it has mapped them.
    if (labels === undefined || options.targetScheme !== undefined) {
      const reader = readCorpus(path, options);
      return { reader, sentences: reader };
    }
    const reader = readCorpus(path, others);
    return { reader, sentences: pipe(reader, this.mapping(labels)) };
  }

  async readAll(path: string, options: ReadOptions): Promise<Sentence[]> {
    const { sentences } = this.read(path, options);
    const all: Sentence[] = [];
    for await (const sentence of sentences) all.push(sentence);
    return all;
  }

  /** The step that maps labels of sentences in IOB2. */
  mapping(labels: LabelMap): (sentences: Sentences) => Sentences {
    for (const label of Object.keys(labels)) if (label !== '*') this.#asked.add(label);
    return map((sentence) => {
      for (const label of labelsOf(sentence.tags ?? [])) this.#seen.add(label);
      return mapLabels(sentence, labels);
    });
  }

  /** Labels that were to get another name, and that no entity has. */
  unused(): string[] {
    return [...this.#asked].filter((label) => !this.#seen.has(label));
  }

  /** Tells of them on standard error. */
  warn(): void {
    const unused = this.unused();
    if (unused.length === 0) return;
    const there =
      this.#seen.size === 0 ? 'there is no entity' : `there are ${[...this.#seen].sort().join(', ')}`;
    warn(`label map: expected labels that occur, got ${unused.join(', ')}; ${there}`);
  }
}
