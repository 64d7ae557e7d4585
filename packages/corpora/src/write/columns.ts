import { alignTokens } from '../data/offsets.js';
import { CorpusError, shown } from '../errors.js';
import type { Sentence } from '../sentence.js';
import type { SentenceAppender, SentenceFormatter } from './formatter.js';

/** How sentences are tags as columns. */
export interface ColumnWriteOptions {
  /** Default a tab. */
  readonly separator?: string | undefined;
  /** Writes `# sent_id = ` and `# text = ` before sentences that have them. Default false. */
  readonly comments?: boolean | undefined;
  /** Writes each token with its language before it (`gl:`), as WikiANN has it. Default false. */
  readonly languagePrefix?: boolean | undefined;
}

/** Makes the function that turns a sentence into its lines, with the blank line after it. */
export function columnFormatter(options: ColumnWriteOptions = {}): SentenceFormatter {
  const { separator = '\t', comments = false, languagePrefix = false } = options;
  if (typeof separator !== 'string' || separator === '' || /[\r\n]/.test(separator)) {
    throw new CorpusError({ expected: 'a separator without line ends', actual: shown(separator) });
  }
  return (sentence, place) => {
    const { tokens, tags, language } = sentence;
    const wrong = (expected: string, actual: string): CorpusError =>
      new CorpusError({ expected: `${expected} in sentence ${place}`, actual });
    if (tokens.length === 0) throw wrong('a token', 'none');
    if (languagePrefix && (language === undefined || !/^[a-z][a-z-]*$/.test(language))) {
      throw wrong('the code of a language', shown(language));
    }
    let lines = comments ? commentLines(sentence) : '';
    for (let t = 0; t < tokens.length; t++) {
      const token = languagePrefix ? `${language ?? ''}:${tokens[t]}` : tokens[t];
      if (!isWritable(token, separator) || tokens[t] === '')
        throw wrong('a token that one column can hold', shown(token));
      if (token === '-DOCSTART-')
        throw wrong('a token', '"-DOCSTART-", which readers take for the start of a document');
      lines += token;
      if (tags !== undefined) {
        if (!isWritable(tags[t], separator)) throw wrong('a tag that one column can hold', shown(tags[t]));
        lines += separator + tags[t];
      }
      lines += '\n';
    }
    return `${lines}\n`;
  };
}

/** The same as bytes, several times as fast; undefined for options that are too rare for a fast way. */
export function columnAppender(options: ColumnWriteOptions = {}): SentenceAppender | undefined {
  const { separator = '\t', comments = false, languagePrefix = false } = options;
  const format = columnFormatter(options);
  const code = separator.charCodeAt(0);
  if (languagePrefix || separator.length > 1 || code > 0x7f) return undefined;
  return (sentence, place, sink) => {
    const { tokens, tags } = sentence;
    const start = sink.length;
    if (comments) sink.text(commentLines(sentence));
    let sound = tokens.length > 0;
    for (let t = 0; t < tokens.length && sound; t++) {
      sound = tokens[t] !== '-DOCSTART-' && sink.field(tokens[t], code);
      if (tags !== undefined && sound) {
        sink.byte(code);
        sound = sink.field(tags[t], code);
      }
      sink.byte(lineFeed);
    }
    if (sound) {
      sink.byte(lineFeed);
      return;
    }
    // Says what is wrong.
    sink.length = start;
    sink.text(format(sentence, place));
  };
}

/** What the formats with numbered tokens have on each line, beside index, token and tag. */
export type IndexedFormat = 'conllu' | 'conllup' | 'uner';

/** The first line of CoNLL-U Plus. */
export const plusHead = '# global.columns = ID FORM MISC NE\n';

/**
 * CoNLL-U, with the tag as `NER=` in MISC, CoNLL-U Plus, with a column for it, or Universal NER's columns. All have the id and the text of a sentence in comments; MISC says
 * where no white space follows.
 */
export function indexedFormatter(format: IndexedFormat): SentenceFormatter {
  return (sentence, place) => {
    const { tokens, tags, text, offsets } = sentence;
    const places = text === undefined ? undefined : (offsets ?? alignTokens(tokens, text));
    if (tokens.length === 0)
      throw new CorpusError({ expected: `a token in sentence ${place}`, actual: 'none' });
    let lines = commentLines({ ...sentence, text: text ?? tokens.join(' ') });
    tokens.forEach((token, index) => {
      const tag = tags?.[index];
      if (!isWritable(token, '\t') || (tag !== undefined && !/^[^\s|]+$/.test(tag))) {
        throw new CorpusError({
          expected: `tokens and tags that one column can hold in sentence ${place}`,
          actual: `${shown(token)} with the tag ${shown(tag)}`,
        });
      }
      if (format === 'uner') {
        lines += `${index + 1}\t${token}\t${tag ?? 'O'}\t-\t-\n`;
        return;
      }
      const glued = places !== undefined && places.at(index + 1)?.start === places[index].end;
      if (format === 'conllup') {
        lines += `${index + 1}\t${token}\t${glued ? 'SpaceAfter=No' : '_'}\t${tag ?? 'O'}\n`;
        return;
      }
      const misc = [...(tag === undefined ? [] : [`NER=${tag}`]), ...(glued ? ['SpaceAfter=No'] : [])].join(
        '|',
      );
      lines += `${index + 1}\t${token}\t_\t_\t_\t_\t_\t_\t_\t${misc === '' ? '_' : misc}\n`;
    });
    return `${lines}\n`;
  };
}

const lineFeed = 10;
const lineEnds = /[\r\n]/;

const isWritable = (field: string, separator: string): boolean =>
  field !== '' &&
  !field.includes(separator) &&
  !lineEnds.test(field) &&
  !(separator !== '\t' && field.includes('\t'));

/** Without the white space at line ends and inside that a comment cannot hold. */
function commentLines({ id, text }: Sentence): string {
  const line = (key: string, value: string): string => `# ${key} = ${value.replace(/\s+/g, ' ').trim()}\n`;
  return (id === undefined ? '' : line('sent_id', id)) + (text === undefined ? '' : line('text', text));
}
