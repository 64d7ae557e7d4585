/** Patterns parsed; patterns/format.ts has the notation. */

export interface Slot {
  readonly kind: 'slot';
  readonly name: string;
  readonly tags: readonly string[];
  readonly form?: string;
  /** Letters glued to its first and last token. */
  readonly prefix?: string;
  readonly suffix?: string;
  /** As it is written, for errors and caches. */
  readonly source: string;
}

export interface Token {
  readonly kind: 'token';
  readonly text: string;
}

export interface Choice {
  readonly kind: 'choice';
  readonly options: readonly (readonly Piece[])[];
}

/** Tokens that agree in gender with the last gendered slot before them, or with the next one. */
export interface Agreement {
  readonly kind: 'agreement';
  readonly masculine: readonly string[];
  readonly feminine: readonly string[];
  readonly direction: 'before' | 'after';
}

export type Piece = Slot | Token | Choice | Agreement;

const slotPattern = /^\{([A-Za-z]+)((?:\.[a-zA-Z]+)*)(?::([a-zA-Z]+))?\}$/u;

export function parseSlot(source: string): Slot {
  const match = slotPattern.exec(source);
  if (!match)
    throw new Error(`Not a slot: ${source}; expected {NAME}, {NAME.tag}, {NAME:form} or {NAME.tag:form}.`);
  const [, name, tags, form = ''] = match;
  const slot = { kind: 'slot', name, tags: tags.split('.').filter((tag) => tag !== ''), source } as const;
  return form === '' ? slot : { ...slot, form };
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

function parseAgreement(source: string): Agreement {
  const after = source.startsWith('[>');
  const sides = source.slice(after ? 2 : 1, -1).split('/');
  if (sides.length !== 2) throw new Error(`Not an agreement: ${source}; expected [masculine/feminine].`);
  const [masculine = '', feminine = ''] = sides;
  return {
    kind: 'agreement',
    masculine: words(masculine),
    feminine: words(feminine),
    direction: after ? 'after' : 'before',
  };
}

const unitPattern =
  /\s*([^\s{}<>[\]]*\{[^}]*\}[^\s{}<>[\]]*|<[^>]*(?:\[>[^\]]*\][^>]*)*>|\[[^\]]*\]|[^\s{}<>[\]]+)(?=\s|$)/uy;

/** Splits a pattern into its pieces; an Error tells what is malformed. */
export function parsePattern(pattern: string): Piece[] {
  const pieces: Piece[] = [];
  const text = pattern.trim();
  // A regular expression of its own for each call: choices are parsed within, and it keeps its place.
  const unit = new RegExp(unitPattern);
  while (unit.lastIndex < text.length) {
    const at = unit.lastIndex;
    const source = unit.exec(text)?.[1];
    if (source === undefined) {
      throw new Error(
        `Pattern "${pattern}": cannot read "${text.slice(at, at + 30)}"; slots, choices and agreements stand between spaces, and are closed.`,
      );
    }
    const glued = /^([^{<[]*)(\{.*\})([^}]*)$/u.exec(source);
    if (glued) pieces.push({ ...parseSlot(glued[2]), prefix: glued[1], suffix: glued[3] });
    else if (source.startsWith('[')) pieces.push(parseAgreement(source));
    else if (source.startsWith('<')) {
      pieces.push({ kind: 'choice', options: source.slice(1, -1).split('|').map(parsePattern) });
    } else pieces.push({ kind: 'token', text: source });
  }
  return pieces;
}
