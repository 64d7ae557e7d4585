import type { Sentence } from '@cognate/corpora';
import type { DataChoice } from '../grid/schema.js';

/** A target language of an experiment, and the sources that there are for it. */
export interface ExperimentTarget {
  /** As grids and tables name it: `gl`, `es-wiki`. */
  readonly name: string;
  /** Code of its language. */
  readonly language: string;
  /** Codes of the languages of its sources. */
  readonly sources: readonly string[];
}

/** A corpus of a target: what it may be trained on, or a source by its language. */
export type CorpusPart = 'train' | 'dev' | { readonly source: string };

/** The corpora of an experiment. Each call reads anew; sentences are tagged in IOB2. */
export interface ExperimentData {
  /** Of the data set, for records and reports: no path of a machine. */
  readonly name: string;
  /** How to open the same again, in another process too. */
  readonly choice: DataChoice;
  targets(): Promise<readonly ExperimentTarget[]>;
  read(target: ExperimentTarget, part: CorpusPart): Promise<Sentence[]>;
  /** The sentences of draw 0, where the data set names them; undefined = the first of `train`. */
  named?(target: ExperimentTarget, size: number): Promise<Sentence[] | undefined>;
  /** A text that changes when these sentences do; undefined where they are the first of `train`, of which there is a digest. */
  namedDigest?(target: ExperimentTarget, size: number): Promise<string | undefined>;
  /**
   * Sees to it that there is a test set to read when a training is over, without reading it. Absent where that is known already.
   *
   * @throws GridError with the place where it ought to be
   */
  checkTest?(target: ExperimentTarget): Promise<void>;
  /** The test set. Nothing else reads it. */
  readTest(target: ExperimentTarget): Promise<Sentence[]>;
  /** A text that changes when the corpus does. */
  digest(target: ExperimentTarget, part: CorpusPart): Promise<string>;
}

/** The name of a part in digests and messages. */
export const partName = (part: CorpusPart): string =>
  typeof part === 'string' ? part : `source-${part.source}`;
