import { wrap, type Remote } from 'comlink';
import type { TaggingService } from '../tagging/tagging.worker.js';
import type { TrainingService } from '../training/training.worker.js';

// Each on a thread of its own: a text is tagged while a model is trained, and the page is never held up.

export const tagging: Remote<TaggingService> = wrap(
  new Worker(new URL('../tagging/tagging.worker.ts', import.meta.url), { type: 'module' }),
);

export const training: Remote<TrainingService> = wrap(
  new Worker(new URL('../training/training.worker.ts', import.meta.url), { type: 'module' }),
);
