export { packPanels, packTransposed } from './pack';
export { gemm, gemmTransposed } from './gemm';
export { lstmForwardStep, lstmBackwardStep } from './lstm';
export { gatherRows, scatterAddRows, sumRows, multiply, multiplyAdd, applyTanh, tanhGradient } from './rows';
