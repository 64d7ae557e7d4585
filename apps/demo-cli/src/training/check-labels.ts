import { labelsOf } from '@cognate/tag-scheme';
import { Failure } from '../failure.js';
import { warn } from '../terminal/warn.js';
import type { TrainingPlan } from './plan.js';
import type { CorpusData, TrainingCorpora } from './read-corpora.js';

/**
 * Looks at what there is to learn. Told on standard error are labels of a source that the target does not have: the sources then teach it nothing of its
 * own, and the model finds them in its texts; and labels of development and test corpora that nothing is trained on.
 *
 * @throws Failure where there is no entity at all: such a model would find nothing, and nobody be told why
 */
export function checkLabels({ target, sources }: TrainingCorpora, plan: TrainingPlan): void {
  const own = labelsIn(target);
  if ([target, ...sources].every((corpus) => labelsIn(corpus).length === 0)) {
    const files = [plan.target, ...plan.sources].flatMap(({ train }) => train);
    const count = [target, ...sources].reduce((sum, { train }) => sum + train.length, 0);
    throw new Failure(
      `${files.join(', ')}: expected entities to learn from, got the tag O alone, in ${count} sentences ` +
        '(cognate debug data shows what is read; --map may have taken all labels out)',
    );
  }
  const known = [target, ...sources].flatMap(labelsIn);
  const judgedBy = [...(target.dev ?? []), ...target.test, ...sources.flatMap(({ test }) => test)];
  const never = labelsIn({ train: judgedBy }).filter((label) => !known.includes(label));
  if (never.length > 0)
    warn(
      `what the model is judged by: expected labels that it is trained on, which are ${[...new Set(known)].sort().join(', ')}, ` +
        `got ${never.join(', ')}, which it cannot find; --map ${never[0]}=NAME renames, ${never[0]}= leaves out`,
    );
  for (const source of sources) {
    const others = labelsIn(source).filter((label) => !own.includes(label));
    if (others.length === 0) continue;
    const expected = own.length === 0 ? 'which has no entity' : `which are ${own.join(', ')}`;
    warn(
      `source ${source.language}: expected labels of the target, ${expected}, ` +
        `got ${others.join(', ')}; --map ${others[0]}=NAME renames, ${others[0]}= leaves out`,
    );
  }
}

function labelsIn({ train }: Pick<CorpusData, 'train'>): string[] {
  const labels = new Set<string>();
  for (const { tags = [] } of train) for (const label of labelsOf(tags)) labels.add(label);
  return [...labels].sort();
}
