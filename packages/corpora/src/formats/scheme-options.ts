import { parseScheme, repairs, type Repair, type Scheme } from '@cognate/tag-scheme';
import { CorpusError, oneOf, shown } from '../errors.js';
import { checkLabelMap, type LabelMap } from '../data/label-map.js';

/** What becomes of the tags: the same for every format. */
export interface SchemeOptions {
  /** The scheme of the file. Default IOB2, or what detection finds. */
  readonly scheme?: Scheme | undefined;
  /** The scheme of the sentences; `unchanged` leaves the tags, also those that break the scheme. Default IOB2. */
  readonly targetScheme?: Scheme | 'unchanged' | undefined;
  /** What to do with tags that break the scheme of the file. Default `conlleval`. The report counts them. */
  readonly repair?: Repair | undefined;
  /** Other names for labels, and labels to take out. */
  readonly labels?: LabelMap | undefined;
}

export interface SchemeRules {
  readonly scheme: Scheme;
  readonly targetScheme: Scheme | 'unchanged';
  readonly repair: Repair;
  readonly labels: LabelMap | undefined;
}

export function resolveSchemeOptions(options: SchemeOptions, defaultScheme: Scheme = 'IOB2'): SchemeRules {
  const { repair = 'conlleval', labels } = options;
  if (!repairs.includes(repair)) {
    throw new CorpusError({ expected: `${oneOf(repairs)} as option repair`, actual: shown(repair) });
  }
  const scheme = options.scheme === undefined ? defaultScheme : knownScheme(options.scheme, 'scheme');
  const target = options.targetScheme ?? 'IOB2';
  const targetScheme = target === 'unchanged' ? target : knownScheme(target, 'targetScheme');
  if (targetScheme === 'unchanged' && labels !== undefined) {
    throw new CorpusError({
      expected:
        "a scheme as option targetScheme beside option labels (labels are mapped on a scheme's entities)",
      actual: shown(targetScheme),
    });
  }
  return { scheme, targetScheme, repair, labels: labels === undefined ? undefined : checkLabelMap(labels) };
}

function knownScheme(name: string, option: string): Scheme {
  try {
    return parseScheme(name);
  } catch (cause) {
    throw new CorpusError({
      expected: `a tagging scheme as option ${option} (IO, IOB1, IOB2, IOE1, IOE2, BIOES, BILOU)`,
      actual: shown(name),
      cause,
    });
  }
}
