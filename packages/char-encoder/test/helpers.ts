import '@tensorflow/tfjs-backend-cpu';
import { tidy } from '@tensorflow/tfjs-core';

/** As `tidy`, for results of any type that hold no tensors. */
export function tidied<T>(make: () => T): T {
  let result: T | undefined;
  tidy(() => {
    result = make();
  });
  return result as T;
}
