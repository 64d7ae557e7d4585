import { ColumnsParser } from './columns/columns-parser.js';
import { type ColumnFormat, resolveColumnOptions } from './columns/options.js';
import { JsonDocumentParser } from './json/json-document.js';
import { SpacyParser } from './json/spacy.js';
import { JsonlParser, resolveJsonlOptions, TokenObjects } from './jsonl.js';
import type { LineParser, ParserContext } from './line-parser.js';
import type { FormatName } from './names.js';
import type { CheckedOptions } from './options.js';
import { resolveSchemeOptions } from './scheme-options.js';
import type { BuilderOptions } from './sentence-builder.js';
import { BratParser } from './spans/brat.js';
import { InlineParser } from './spans/inline.js';
import { JsonTextsParser } from './spans/json-texts.js';
import { resolveTextOptions } from './spans/options.js';
import { TextSentences } from './spans/text-sentences.js';

/** The parser of a format. Every format has its place here, in `names.ts` and in `detect/`, and a file or folder of its own. */
export function createParser(
  format: FormatName,
  options: CheckedOptions,
  context: ParserContext,
): LineParser {
  switch (format) {
    case 'jsonl':
    case 'json': {
      const objects = new TokenObjects(resolveJsonlOptions(options), builderOptions(options), context);
      if (format === 'jsonl') return new JsonlParser(objects, context);
      return new JsonDocumentParser(objects, options.maxLineLength, context);
    }
    case 'spacy':
      return new SpacyParser(builderOptions(options, 'BILOU'), options.maxLineLength, context);
    case 'spans':
    case 'label-studio':
    case 'inline':
    case 'brat': {
      const rules = resolveTextOptions(format, options);
      const sentences = new TextSentences(rules, builderOptions(options), context);
      if (format === 'inline') return new InlineParser(rules, sentences, context);
      if (format === 'brat') return new BratParser(rules, sentences, context, options.maxLineLength);
      return new JsonTextsParser(format, rules, sentences, context, options.maxLineLength);
    }
    default:
      return columnsParser(format, options, context);
  }
}

function builderOptions(options: CheckedOptions, scheme?: 'BILOU'): BuilderOptions {
  const { language, maxSentenceTokens } = options;
  return {
    ...resolveSchemeOptions(options, scheme),
    language,
    maxSentenceTokens,
    tagged: true,
    offsets: false,
  };
}

function columnsParser(format: ColumnFormat, options: CheckedOptions, context: ParserContext): LineParser {
  const { language, maxSentenceTokens } = options;
  const rules = resolveColumnOptions(format, options);
  // Labels without prefixes can be nothing but IO.
  const scheme = resolveSchemeOptions(
    options,
    rules.tagForm === 'PER' && rules.spanAttribute === undefined ? 'IO' : 'IOB2',
  );
  const builder = {
    ...scheme,
    language,
    maxSentenceTokens,
    tagged: rules.tag !== null,
    offsets: rules.offsets,
  };
  return new ColumnsParser(rules, builder, context);
}
