/** Lists of templates that have a name. */
export const templateSets = {
  default: [
    'bias',
    'first',
    'word[-2..2]',
    'lower[-1..1]',
    'shape[-2..2]',
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
    'lower[-1]|lower[0]',
    'lower[0]|lower[1]',
    'script',
  ],
} as const;

export type TemplateSetName = keyof typeof templateSets;
