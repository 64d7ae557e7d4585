/** Hues of the labels that most data sets have, apart enough to be told from each other; degrees. */
const hues: Readonly<Record<string, number>> = {
  PER: 215,
  LOC: 145,
  ORG: 32,
  MISC: 290,
  GPE: 170,
  DATE: 350,
};

/** A label always has the same colour; the style sheet makes a light or a dark one of it. */
function hueOf(label: string): number {
  if (Object.hasOwn(hues, label)) return hues[label];
  let hash = 0;
  for (const character of label) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 3600;
  return hash % 360;
}

/** The style that gives an element the colour of a label. */
export const labelStyle = (label: string): Record<string, string> => ({ '--hue': String(hueOf(label)) });
