/** A data set of the Hugging Face hub that is known to be of use here, with where it is and what to read of it. */
export interface KnownDataset {
  readonly name: string;
  /** On the hub. */
  readonly repo: string;
  /**
   * A commit, so that everybody has the same data; or the branch into which the hub converts data sets of other formats, for those of which
   * no commit has been tried.
   */
  readonly revision: string;
  /** What its configurations are. */
  readonly configs: string;
  readonly labels: readonly string[];
  /** As the hub states it. */
  readonly licence: string;
  readonly about: string;
}

const converted = 'refs/convert/parquet';

export const knownDatasets: readonly KnownDataset[] = [
  {
    name: 'wikiann',
    repo: 'unimelb-nlp/wikiann',
    revision: 'f89f2fe2694613baf6bb62e7393290846127adbf',
    configs: 'a language code: gl, es, ca, ur, ... (176 languages)',
    labels: ['LOC', 'ORG', 'PER'],
    licence: 'not stated; sentences of Wikipedia (CC BY-SA)',
    about: 'Wikipedia, annotated by machine (Pan et al. 2017; splits of Rahimi et al. 2019)',
  },
  {
    name: 'conll2002',
    repo: 'eriktks/conll2002',
    revision: converted,
    configs: 'es or nl',
    labels: ['LOC', 'MISC', 'ORG', 'PER'],
    licence: 'not stated; newspapers, for research',
    about: 'newspapers in Spanish and Dutch, annotated by people (Tjong Kim Sang 2002)',
  },
  {
    name: 'masakhaner2',
    repo: 'masakhane/masakhaner2',
    revision: converted,
    configs: 'an ISO 639-3 code: yor, swa, hau, zul, ... (20 languages)',
    labels: ['DATE', 'LOC', 'ORG', 'PER'],
    licence: 'AFL-3.0',
    about: 'newspapers in African languages, annotated by people (Adelani et al. 2022)',
  },
];
