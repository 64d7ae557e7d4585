/** Lists of templates that have a name, chosen on the development sets of Galician, Ukrainian and Marathi with 100 sentences to train on. */
export const templateSets = {
  default: [
    'bias',
    'first',
    'last',
    'word[-2..2]',
    'lower[-1..1]',
    'shape[-2..2]',
    'shape[-1]|shape[0]',
    'shape[0]|shape[1]',
    'longShape',
    'case[-2..2]',
    'flags[-1..1]',
    'prefix1',
    'prefix2',
    'prefix3',
    'prefix4',
    'suffix1',
    'suffix2',
    'suffix3',
    'suffix4',
    'length',
    'script',
  ],
} as const;

export type TemplateSetName = keyof typeof templateSets;
