export { packPanels, packTransposed } from './pack';
export { gemm, gemmTransposed, reservedBytes } from './gemm';
export { lstmForwardStep, lstmBackwardStep } from './lstm';
export { gatherRows, scatterAddRows, sumRows, multiply, multiplyAdd, applyTanh, tanhGradient } from './rows';
export { descend, descendWithMomentum, adadelta, adam, decay, coast, adamCoast } from './optimisers';
