import { createColors } from 'picocolors';

type Paint = (text: string) => string;

/** Colours for one output stream: none when it is no terminal, or with `NO_COLOR`, `--no-color` or a dumb terminal. */
export interface Palette {
  readonly enabled: boolean;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  /** The colour of an entity's label: fixed for PER, LOC, ORG, MISC, by hash for any other. */
  label(label: string): Paint;
}

export interface StreamTraits {
  readonly isTTY?: boolean | undefined;
}

export function palette(
  stream: StreamTraits,
  env: Readonly<Record<string, string | undefined>> = process.env,
  noColour = process.argv.includes('--no-color'),
): Palette {
  // https://no-color.org: any non-empty NO_COLOR switches colour off; FORCE_COLOR switches it on where there is no terminal.
  const refused = noColour || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  const forced = (env.FORCE_COLOR ?? '') !== '' && env.FORCE_COLOR !== '0';
  const enabled = !refused && (forced || stream.isTTY === true);
  const paint = createColors(enabled);
  const known: Record<string, Paint> = {
    PER: (text) => paint.bgBlue(paint.whiteBright(text)),
    LOC: (text) => paint.bgGreen(paint.black(text)),
    ORG: (text) => paint.bgYellow(paint.black(text)),
    MISC: (text) => paint.bgMagenta(paint.whiteBright(text)),
  };
  const others: Paint[] = [
    (text) => paint.bgCyan(paint.black(text)),
    (text) => paint.bgRed(paint.whiteBright(text)),
    (text) => paint.bgWhite(paint.black(text)),
  ];
  return {
    enabled,
    bold: paint.bold,
    dim: paint.dim,
    red: paint.red,
    green: paint.green,
    yellow: paint.yellow,
    label: (label) => (Object.hasOwn(known, label) ? known[label] : others[hash(label) % others.length]),
  };
}

function hash(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) >>> 0;
  return sum;
}
