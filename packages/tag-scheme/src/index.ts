export { convertTags } from './convert.js';
export { detectScheme, type SchemeCandidate, type SchemeDetection } from './detect.js';
export { InvalidTagError, TagSchemeError } from './errors.js';
export { invalidTags, type InvalidTag } from './invalid.js';
export { allowedTransitions, type TransitionMask } from './mask.js';
export { readSpans, repairs, spansFromTags, type Repair, type Span, type SpanReading } from './read.js';
export {
  parseScheme,
  schemeRules,
  schemes,
  type Joint,
  type Joints,
  type Prefix,
  type Scheme,
  type SchemeRules,
} from './scheme.js';
export { joinTag, labelsOf, splitTag, tagSet, type TagParts } from './tag.js';
export { tagsFromSpans } from './write.js';
