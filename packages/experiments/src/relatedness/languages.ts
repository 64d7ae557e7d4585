/**
 * What reference works say of the languages of the experiments.
 *
 * - `family`: the way from the family to the language in Glottolog's tree (Hammarström, Forkel, Haspelmath and Bank 2024, glottolog.org), by its codes,
 *   all of one edition, checked against 5.0.
 * - `place`: latitude and longitude in degrees, checked against Glottolog's records of the languages.
 * - `wals`: values of the World Atlas of Language Structures (Dryer and Haspelmath, wals.info), chapters by Dryer, checked against its CLDF data set,
 *   which cites the edition of 2014: 81A order of subject, object and verb (1 SOV, 2 SVO, 3 VSO, 7 none dominant), 85A adpositions (1 post-,
 *   2 prepositions), 86A genitive and noun (1 GenN, 2 NGen, 3 neither dominant), 87A adjective and noun (1 AdjN, 2 NAdj, 3 neither dominant).
 *   It has nothing of Ukrainian in 86A, of Tagalog in 85A, of Cebuano in 87A; none of the four of Galician (only 53A, 70A, 71A) and no Saterland
 *   Frisian: Portuguese and West Frisian (there: Frisian) stand for them.
 */
export interface LanguageFacts {
  readonly family: readonly string[];
  readonly place: readonly [latitude: number, longitude: number];
  readonly wals: Readonly<Partial<Record<WalsFeature, number>>>;
}

export const walsFeatures = ['81A', '85A', '86A', '87A'] as const;
export type WalsFeature = (typeof walsFeatures)[number];

const indoEuropean = ['indo1319', 'clas1257'];
const romance = [...indoEuropean, 'ital1284', 'lati1262', 'lati1263', 'impe1234', 'roma1334'];
const shiftedWestern = [...romance, 'ital1285', 'west2813', 'shif1234'];
const westIberian = [...shiftedWestern, 'sout3183', 'west2838'];
const westGermanic = [...indoEuropean, 'germ1287', 'nort3152', 'west2793'];
const angloFrisian = [...westGermanic, 'nort3175', 'angl1264'];
const eastSlavic = [...indoEuropean, 'balt1263', 'slav1255', 'east1426'];
const indoAryan = [...indoEuropean, 'indo1320', 'indo1321', 'midd1375', 'cont1248'];
const hindustani = [...indoAryan, 'midl1245', 'shau1239', 'indo1322', 'west2812', 'hind1270'];
const centralPhilippine = ['aust1307', 'mala1545', 'grea1284', 'cent2246'];

const wals = (
  order: number,
  adposition: number | undefined,
  genitive: number | undefined,
  adjective: number | undefined,
) => ({
  '81A': order,
  ...(adposition !== undefined && { '85A': adposition }),
  ...(genitive !== undefined && { '86A': genitive }),
  ...(adjective !== undefined && { '87A': adjective }),
});

const facts: Readonly<Record<string, LanguageFacts>> = {
  gl: { family: [...westIberian, 'gali1263', 'gali1258'], place: [42.2446, -7.5343], wals: wals(2, 2, 2, 2) },
  es: {
    family: [...westIberian, 'cast1243', 'stan1288'],
    place: [40.4414, -1.11788],
    wals: wals(2, 2, 2, 2),
  },
  ca: { family: [...shiftedWestern, 'sout3183', 'stan1289'], place: [41.453, 1.569], wals: wals(2, 2, 2, 2) },
  fr: {
    family: [
      ...shiftedWestern,
      'nort3208',
      'gall1280',
      'oila1234',
      'cent2283',
      'macr1273',
      'glob1239',
      'stan1290',
    ],
    place: [48, 2],
    wals: wals(2, 2, 2, 2),
  },
  it: {
    family: [...romance, 'ital1285', 'ital1286', 'ital1287', 'ital1282'],
    place: [43.0464, 12.6489],
    wals: wals(2, 2, 2, 2),
  },
  ro: {
    family: [...romance, 'east2714', 'nort3361', 'east2865', 'roma1327'],
    place: [46.3913, 24.2256],
    wals: wals(2, 2, 2, 2),
  },
  nl: {
    family: [...westGermanic, 'macr1270', 'midd1347', 'mode1257', 'glob1241', 'dutc1256'],
    place: [52, 5],
    wals: wals(7, 2, 2, 1),
  },
  en: {
    family: [...angloFrisian, 'angl1265', 'late1254', 'merc1242', 'macr1271', 'stan1293'],
    place: [53, -1],
    wals: wals(2, 2, 3, 1),
  },
  fy: {
    family: [...angloFrisian, 'fris1239', 'mode1264', 'west2902', 'west2354'],
    place: [53.143, 5.86091],
    wals: wals(7, 2, 3, 1),
  },
  stq: {
    family: [...angloFrisian, 'fris1239', 'sate1242'],
    place: [53.117, 7.721],
    wals: wals(7, 2, 3, 1),
  },
  uk: {
    family: [...eastSlavic, 'ukra1257', 'ukra1253'],
    place: [49.796, 29.945],
    wals: wals(2, 2, undefined, 1),
  },
  ru: { family: [...eastSlavic, 'russ1263'], place: [59, 50], wals: wals(2, 2, 2, 1) },
  mr: {
    family: [...indoAryan, 'indo1325', 'mara1416', 'mara1422', 'oldm1248', 'mode1268', 'mara1378'],
    place: [17.9344, 76.6665],
    wals: wals(1, 1, 1, 1),
  },
  hi: { family: [...hindustani, 'hind1269'], place: [25, 77], wals: wals(1, 1, 1, 1) },
  ur: { family: [...hindustani, 'urdu1245'], place: [25, 67], wals: wals(1, 1, 1, 1) },
  tl: {
    family: [...centralPhilippine, 'taga1280', 'taga1269', 'taga1270'],
    place: [14.06, 121.747],
    wals: wals(3, undefined, 2, 3),
  },
  ceb: {
    family: [...centralPhilippine, 'bisa1268', 'cebu1242'],
    place: [8.38799, 124.367],
    wals: wals(3, 2, 2, undefined),
  },
};

/** What is known of a language; undefined for one that is not here. */
export const languageFacts = (code: string): LanguageFacts | undefined =>
  Object.hasOwn(facts, code) ? facts[code] : undefined;
