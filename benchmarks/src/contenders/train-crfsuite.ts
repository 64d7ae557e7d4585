// The same with npm `crfsuite`, which writes its own log to standard output. Arguments as of
// train-cognate.ts; there is one thread.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainingSequences } from '../corpus.js';
import { loadCrfsuite } from '../crfsuite.js';

const [files, iterations, c2, labeling, , limit = 'Infinity'] = process.argv.slice(2);
const trainer = new (loadCrfsuite().Trainer)({ debug: true });
for (const { attributes, tags } of await trainingSequences(files, labeling, Number(limit)))
  trainer.append(attributes, tags);
trainer.set_params({ c1: '0', c2, max_iterations: iterations, delta: '0', epsilon: '0' });
const model = join(tmpdir(), `cognate-bench-${process.pid}.crfsuite`);
const started = performance.now();
trainer.train(model);
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
rmSync(model, { force: true });
