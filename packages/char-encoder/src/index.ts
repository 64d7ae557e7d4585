export { Alphabet } from './alphabet.js';
export { CharEncoder, type CharEncoderSetting, type EncodeOptions } from './char-encoder.js';
export { encoderKinds, type CharEncoderConfig, type CharEncoderOptions, type EncoderKind } from './config.js';
export { CharEncoderError } from './errors.js';
