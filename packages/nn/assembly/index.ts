export { packPanels, packTransposed } from './pack';
export { gemm, gemmTransposed } from './gemm';
export { reservedBytes } from './reserved';
export { lstmForwardStep, lstmBackwardStep } from './lstm';
export { gatherRows, scatterAddRows, sumRows, multiply, multiplyAdd, applyTanh, tanhGradient } from './rows';
export { descend, descendWithMomentum, adadelta, adam, decay, coast, adamCoast } from './optimisers';
