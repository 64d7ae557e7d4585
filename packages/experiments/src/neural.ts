export { trainNeural, type NeuralTraining, type NeuralTrainingResult } from './neural/train-neural.js';
