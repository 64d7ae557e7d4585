import { ColumnsParser } from './columns/columns-parser.js';
import { resolveColumnOptions } from './columns/options.js';
import { JsonlParser, resolveJsonlOptions } from './jsonl.js';
import type { LineParser, ParserContext } from './line-parser.js';
import type { FormatName } from './names.js';
import type { CheckedOptions } from './options.js';
import { resolveSchemeOptions } from './scheme-options.js';

/** The parser of a format. Every format has its place here, in `names.ts` and in `detect/`, and a file or folder of its own. */
export function createParser(
  format: FormatName,
  options: CheckedOptions,
  context: ParserContext,
): LineParser {
  const { language, maxSentenceTokens } = options;
  if (format === 'jsonl') {
    const scheme = resolveSchemeOptions(options);
    const builder = { ...scheme, language, maxSentenceTokens, tagged: true, offsets: false };
    return new JsonlParser(resolveJsonlOptions(options), builder, context);
  }
  const rules = resolveColumnOptions(format, options);
  // Labels without prefixes can be nothing but IO.
  const scheme = resolveSchemeOptions(options, rules.tagForm === 'PER' ? 'IO' : 'IOB2');
  const builder = {
    ...scheme,
    language,
    maxSentenceTokens,
    tagged: rules.tag !== null,
    offsets: rules.offsets,
  };
  return new ColumnsParser(rules, builder, context);
}
