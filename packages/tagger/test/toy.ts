import { tokenize } from '@cognate/text';
import type { TrainingSentence } from '../src/index.js';

/** Sentences with entities in brackets: `[PER Rosalía] naceu en [LOC Santiago]`. */
export function annotated(language: string | undefined, ...texts: string[]): TrainingSentence[] {
  return texts.map((text) => {
    const tokens: string[] = [];
    const tags: string[] = [];
    for (const match of text.matchAll(/\[(\w+) ([^\]]*)\]|[^[]+/gu)) {
      const [piece, label, name] = match as readonly (string | undefined)[];
      tokenize(name ?? piece ?? '', language).forEach((token, index) => {
        tokens.push(token.text);
        tags.push(label === undefined ? 'O' : `${index === 0 ? 'B' : 'I'}-${label}`);
      });
    }
    return { tokens, tags, ...(language === undefined ? {} : { language }) };
  });
}

export const galician = annotated(
  'gl',
  'A escritora [PER Rosalía de Castro] naceu en [LOC Santiago de Compostela].',
  'O equipo do [ORG Celta de Vigo] xogou en [LOC Ferrol] contra o [ORG Deportivo].',
  'O alcalde de [LOC Lugo], [PER Xoán Pérez], falou onte.',
  'Onte choveu moito.',
  '[LOC Vigo] é unha cidade de [LOC Galicia].',
  'A [ORG Xunta de Galicia] contratou a [PER Ana Souto].',
);

export const spanish = annotated(
  'es',
  'La escritora [PER María Pérez] nació en [LOC Santiago].',
  'El equipo del [ORG Real Madrid] jugó en [LOC Sevilla] contra el [ORG Betis].',
  'El alcalde de [LOC Cádiz], [PER Juan Ruiz], habló ayer.',
  'Ayer llovió mucho.',
);
