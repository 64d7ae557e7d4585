import { RandomStream } from '@cognate/nn';
import type { Sentence } from './window-tagger.js';

/** Sentences with places for entities: enough to see a network learn, and no more. */
const patterns = {
  gl: [
    'PER vive en LOC .',
    'A sede de ORG está en LOC .',
    'O concello de LOC agradeceu a PER a súa visita .',
    'Segundo PER , ORG abrirá unha oficina en LOC .',
    'PER deixou ORG hai dous anos .',
    'En LOC choveu toda a semana .',
    'A directora de ORG , PER , naceu en LOC .',
    'Onte non pasou nada na vila .',
  ],
  es: [
    'PER vive en LOC .',
    'La sede de ORG está en LOC .',
    'El ayuntamiento de LOC agradeció a PER su visita .',
    'Según PER , ORG abrirá una oficina en LOC .',
    'PER dejó ORG hace dos años .',
    'En LOC llovió toda la semana .',
    'La directora de ORG , PER , nació en LOC .',
    'Ayer no pasó nada en la villa .',
  ],
  pt: [
    'PER mora em LOC .',
    'A sede da ORG fica em LOC .',
    'A câmara de LOC agradeceu a PER a sua visita .',
    'Segundo PER , a ORG abrirá um escritório em LOC .',
    'PER deixou a ORG há dois anos .',
    'Em LOC choveu toda a semana .',
    'A diretora da ORG , PER , nasceu em LOC .',
    'Ontem não se passou nada na vila .',
  ],
};

/** Different names to learn from and to be tested on. */
const names = {
  train: {
    PER: [
      'Ana Souto',
      'Xoán Rial',
      'Carme Leis',
      'Brais',
      'Iria Pardo',
      'Uxía',
      'Antón Vidal',
      'Sabela Otero',
    ],
    LOC: ['Lugo', 'Vigo', 'Santiago de Compostela', 'Ferrol', 'Muros', 'Betanzos', 'Noia', 'Ponte Caldelas'],
    ORG: ['Aceites Rial', 'Banco Sur', 'Unión Deportiva Muros', 'Correos', 'Grupo Leis', 'Radio Noia'],
  },
  dev: {
    PER: ['Roi Casal', 'Antía Varela', 'Mencía', 'Pedro Leiro', 'Sara Rei'],
    LOC: ['Ourense', 'Cambados', 'Vila de Cruces', 'Tui', 'Monforte'],
    ORG: ['Banco Varela', 'Grupo Casal', 'Radio Tui', 'Unión Deportiva Cruces', 'Telefónica'],
  },
};

export type Language = keyof typeof patterns;

/** So many sentences, drawn from the patterns and names. */
export function makeSentences(language: Language, split: 'train' | 'dev', count: number): Sentence[] {
  const random = new RandomStream(1).fork(`${language} ${split}`);
  const oneOf = <T>(list: readonly T[]): T => list[random.integer(list.length)];
  return Array.from({ length: count }, () => {
    const tagged = oneOf(patterns[language])
      .split(' ')
      .flatMap((word) => {
        if (word !== 'PER' && word !== 'LOC' && word !== 'ORG') return [[word, 'O']];
        return oneOf(names[split][word])
          .split(' ')
          .map((part, i) => [part, `${i === 0 ? 'B' : 'I'}-${word}`]);
      });
    return { tokens: tagged.map(([token]) => token), tags: tagged.map(([, tag]) => tag) };
  });
}
