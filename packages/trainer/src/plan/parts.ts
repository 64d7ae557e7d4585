import type { Batch, Piece } from './batches.js';

/**
 * Cuts a batch in a fixed number of parts with about as many tokens each, to be computed at the same time: the longest
 * sentence that is left goes to the part that has the fewest tokens, the first of several. A part may stay empty. What goes
 * where depends on the lengths alone.
 *
 * @param lengths lengths[corpus][sentence], in tokens
 */
export function cutInParts(batch: Batch, parts: number, lengths: readonly Int32Array[]): Batch[] {
  if (parts === 1) return [batch];
  const items = batch.flatMap(({ corpus, sentences }, piece) =>
    sentences.map((sentence, place) => ({ piece, place, length: lengths[corpus][sentence] })),
  );
  items.sort((a, b) => b.length - a.length || a.piece - b.piece || a.place - b.place);
  const tokens = new Array<number>(parts).fill(0);
  const partOf = batch.map(({ sentences }) => new Array<number>(sentences.length).fill(0));
  for (const { piece, place, length } of items) {
    const part = tokens.indexOf(Math.min(...tokens));
    tokens[part] += length;
    partOf[piece][place] = part;
  }
  return tokens.map((_, part) =>
    batch
      .map((piece, p): Piece => ({
        ...piece,
        sentences: piece.sentences.filter((_, place) => partOf[p][place] === part),
      }))
      .filter(({ sentences }) => sentences.length > 0),
  );
}
