// The same with npm `crfsuite`, which writes its own log to standard output. Arguments: file, iterations, c2, word classes to join
// with the tags.
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributeSequences, joinClasses, readBench } from '../corpus.js';
import { loadCrfsuite } from '../crfsuite.js';

const [file, iterations, c2, classes] = process.argv.slice(2);
const trainer = new (loadCrfsuite().Trainer)({ debug: true });
for (const { attributes, tags } of attributeSequences(joinClasses(await readBench(file), Number(classes))))
  trainer.append(attributes, tags);
trainer.set_params({ c1: '0', c2, max_iterations: iterations, delta: '0', epsilon: '0' });
const model = join(tmpdir(), `cognate-bench-${process.pid}.crfsuite`);
const started = performance.now();
trainer.train(model);
console.log(JSON.stringify({ seconds: (performance.now() - started) / 1000 }));
rmSync(model, { force: true });
