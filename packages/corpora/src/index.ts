export { type ArchiveMember, memberMatches } from './archive/member.js';
export { tarMembers } from './archive/tar.js';
export { type RandomAccess, zipMembers } from './archive/zip.js';
export {
  deduplicate,
  type Duplicate,
  type DuplicateOptions,
  type DuplicateReport,
  findDuplicates,
} from './data/duplicates.js';
export { type EntityOverlap, entityOverlap } from './data/entity-overlap.js';
export { type InvalidCorpusTag, listInvalidTags, streamInvalidTags } from './data/invalid-tags.js';
export { checkLabelMap, type LabelMap, mapLabel, mapLabels } from './data/label-map.js';
export { findLeakage, type Leakage, type LeakageOptions, type LeakedSentence } from './data/leakage.js';
export { alignTokens } from './data/offsets.js';
export { concat, filter, map, pipe, retag, type RetagOptions, type Step, take } from './data/pipeline.js';
export { type Mask, type SameOptions, sentenceKey } from './data/sentence-key.js';
export {
  type Lengths,
  type Statistics,
  statistics,
  StatisticsCounter,
  streamStatistics,
} from './data/statistics.js';
export {
  type Fold,
  type FoldOptions,
  kFold,
  stratifiedSubsample,
  type StratifyOptions,
  type StratumOf,
} from './data/stratify.js';
export { streamSubsample, subsample, type SubsampleOptions } from './data/subsample.js';
export {
  describeDetection,
  type DetectedOptions,
  type Detection,
  type Doubt,
  UnsureFormatError,
} from './detect/detection.js';
export { detectFormat } from './detect/detect-format.js';
export { CorpusError, type CorpusErrorDetails } from './errors.js';
export { type Column, type ColumnOptions, type TagForm, tagForms } from './formats/columns/options.js';
export type { JsonlOptions } from './formats/jsonl.js';
export { type FormatName, formatNames } from './formats/names.js';
export { type OffsetUnit, offsetUnits, type TextOptions } from './formats/spans/options.js';
export type { ReadOptions } from './formats/options.js';
export type { SchemeOptions } from './formats/scheme-options.js';
export type { CorpusSource } from './input/chunks.js';
export { CorpusReader, parseSentences, readSentences } from './read.js';
export type { NoteKind, ReadNote, ReadReport } from './report.js';
export type { Batched, Sentence, Sentences, TokenOffsets } from './sentence.js';
export type { ColumnWriteOptions } from './write/columns.js';
export type { TagWriteOptions } from './write/formatter.js';
export { type BratDocument, formatBrat, type TextWriteOptions } from './write/spans.js';
export { formatSentences, type WriteFormat, writeFormats, type WriteOptions } from './write/write.js';
