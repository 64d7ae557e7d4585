/** The targets of the accuracy tables: a folder of the uniform splits, its language, and the related one. */
export const transferTargets = [
  { folder: 'gl', language: 'gl', source: 'es' },
  { folder: 'mr', language: 'mr', source: 'hi' },
  { folder: 'uk', language: 'uk', source: 'ru' },
  { folder: 'es-wiki', language: 'es', source: 'fr' },
] as const;

/** Targets with a hundred sentences and all sources that there are for them; draws: of how many samples of a hundred the spread is measured. */
export const hundredTargets = [
  { folder: 'gl', language: 'gl', sources: ['es', 'ca', 'it', 'fr', 'ro'], draws: 3 },
  { folder: 'uk', language: 'uk', sources: ['ru'], draws: 1 },
  { folder: 'mr', language: 'mr', sources: ['hi', 'ur'], draws: 1 },
  { folder: 'es-wiki', language: 'es', sources: ['fr'], draws: 3 },
  { folder: 'nl-wiki', language: 'nl', sources: ['en'], draws: 1 },
  { folder: 'tl', language: 'tl', sources: ['ceb'], draws: 1 },
  { folder: 'stq', language: 'stq', sources: ['nl'], draws: 1 },
] as const;
