import { writeCorpora } from './write-corpora.js';

await writeCorpora('data');
