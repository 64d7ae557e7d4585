/** Hues of the labels that most data sets have, apart enough to be told from each other; degrees. */
const hues: Readonly<Record<string, number>> = { PER: 210, LOC: 130, ORG: 30, MISC: 290, GPE: 160, DATE: 0 };

/** A light background for a label: the same label always has the same colour. */
export function labelColour(label: string): string {
  return `hsl(${Object.hasOwn(hues, label) ? hues[label] : hash(label) % 360} 75% 86%)`;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
