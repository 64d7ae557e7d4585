export { trainNeural, type NeuralTraining, type NeuralTrainingResult } from './neural/train-neural.js';
export {
  trainEnsemble,
  trainMember,
  type EnsembleTraining,
  type MemberTagger,
  type MemberTraining,
} from './neural/train-ensemble.js';
