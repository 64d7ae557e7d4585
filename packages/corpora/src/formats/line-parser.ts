import type { ReadReport } from '../report.js';
import type { Sentence } from '../sentence.js';

/** Turns text into sentences, block by block: what each format brings. */
export interface LineParser {
  /** Lines taken in so far. */
  readonly line: number;
  /** false: takes text in pieces cut anywhere. Default: whole lines. */
  readonly wholeLines?: boolean;
  /** Takes whole lines (only the last block may lack its line feed) and appends the sentences that end in them. */
  push(text: string, out: Sentence[]): void;
  /** Appends what is still open at the end of the file. */
  end(out: Sentence[]): void;
}

/** What a parser knows of where it works. */
export interface ParserContext {
  readonly file: string | undefined;
  readonly report: ReadReport;
  /** The lines of brat's `.ann` beside this text. */
  readonly annotations?: string | undefined;
}
