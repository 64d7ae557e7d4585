import { languageFacts, walsFeatures } from './languages.js';

/** How far two languages are from each other by reference works; undefined where these say nothing. */
export interface LanguageDistances {
  /** Edges between them in Glottolog's tree of their family. */
  readonly family: number | undefined;
  /** Share of the WALS features that both have in which they differ. */
  readonly wals: number | undefined;
  /** Great-circle kilometres. */
  readonly kilometres: number | undefined;
}

/** Distances between two languages by their codes. */
export function languageDistances(a: string, b: string): LanguageDistances {
  const [one, other] = [languageFacts(a), languageFacts(b)];
  if (!one || !other) return { family: undefined, wals: undefined, kilometres: undefined };
  const common = walsFeatures.filter(
    (feature) => one.wals[feature] !== undefined && other.wals[feature] !== undefined,
  );
  const different = common.filter((feature) => one.wals[feature] !== other.wals[feature]);
  return {
    family: treeDistance(one.family, other.family),
    wals: common.length === 0 ? undefined : different.length / common.length,
    kilometres: greatCircle(one.place, other.place),
  };
}

/** Edges between two nodes, each given by the way from its root; undefined in different trees. */
function treeDistance(a: readonly string[], b: readonly string[]): number | undefined {
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return common === 0 ? undefined : a.length + b.length - 2 * common;
}

/** By the haversine formula on a sphere of the earth's mean radius. */
function greatCircle(
  [latitudeA, longitudeA]: readonly [number, number],
  [latitudeB, longitudeB]: readonly [number, number],
): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = (a: number, b: number): number => Math.sin(radians(a - b) / 2) ** 2;
  const haversine =
    half(latitudeA, latitudeB) +
    Math.cos(radians(latitudeA)) * Math.cos(radians(latitudeB)) * half(longitudeA, longitudeB);
  return 2 * 6371.0088 * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
