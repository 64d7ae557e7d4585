// Loads one model from its file with CRFsuite and with @cognate/crf in turn, in one process, and asks each for tags in between: what a model
// costs that is not the first of its process. Arguments: model of CRFsuite, model of @cognate/crf, times.
import { loadCrfsuite } from '../crfsuite.js';
import { median } from '../measure.js';
import { loadCognate, loadWithCrfsuite } from './load-model.js';

const [theirs, ours, times] = process.argv.slice(2);
const crfsuite = loadCrfsuite();
const sentence = [['bias'], ['bias']];
const spent = { crfsuite: [] as number[], cognate: [] as number[] };
for (let time = 0; time < Number(times); time++) {
  const theirModel = loadWithCrfsuite(crfsuite, theirs);
  spent.crfsuite.push(theirModel.loadMs);
  const theirTags = theirModel.model.tag(sentence);
  const ourModel = loadCognate(ours);
  spent.cognate.push(ourModel.loadMs);
  const ourTags = ourModel.model.predict(sentence);
  if (ourTags.join(' ') !== theirTags.join(' ')) throw new Error('they predict different tags');
}
console.log(JSON.stringify({ crfsuiteMs: median(spent.crfsuite), cognateMs: median(spent.cognate) }));
