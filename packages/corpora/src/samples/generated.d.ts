/** The data modules in generated/, so that sources type-check before they are generated. */
declare module '*.sample.js' {
  import type { PackedSamples } from './packed.js';

  const samples: PackedSamples;
  export default samples;
}
