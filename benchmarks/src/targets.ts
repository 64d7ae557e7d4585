/** The targets of the accuracy tables: a folder of the uniform splits, its language, and the related one. */
export const transferTargets = [
  { folder: 'gl', language: 'gl', source: 'es' },
  { folder: 'mr', language: 'mr', source: 'hi' },
  { folder: 'uk', language: 'uk', source: 'ru' },
  { folder: 'es-wiki', language: 'es', source: 'fr' },
] as const;
