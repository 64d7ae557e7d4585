/** The lines of a sample, by what they are. */
export interface SampleLines {
  /** Lines that are neither blank nor a comment nor `-DOCSTART-`, in runs between blank lines. */
  readonly sentences: readonly (readonly string[])[];
  readonly comments: readonly string[];
  readonly count: number;
  readonly blank: number;
}

/** More than enough to tell a format. */
const maxLines = 4000;

/** A comment without doubt: a key and a value, or no tab in a file that has tabs elsewhere. */
const keyed = /^#\s*(?:[\w.:-]+\s*=|(?:newdoc|newpar|id)\b)/;

export function sampleLines(sample: string): SampleLines {
  const lines = sample.split('\n', maxLines).map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  const tabs = lines.some((line) => line.includes('\t'));
  const sentences: string[][] = [];
  const comments: string[] = [];
  let open: string[] = [];
  let blank = 0;
  const close = (): void => {
    if (open.length > 0) sentences.push(open);
    open = [];
  };
  for (const line of lines) {
    if (/^[ \t]*$/.test(line)) {
      blank++;
      close();
    } else if (line.startsWith('#') && (keyed.test(line) || (tabs && !line.includes('\t')))) {
      comments.push(line);
    } else if (/^-DOCSTART-(?:\s|$)/.test(line)) {
      close();
    } else {
      open.push(line);
    }
  }
  close();
  return { sentences, comments, count: lines.length, blank };
}
