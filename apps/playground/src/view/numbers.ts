const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const wholePercents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const counts = new Intl.NumberFormat('en');

/** 0.873 as `87.3%`; what is not quite certain, or not quite impossible, does not look so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.001) return '<0.1%';
  if (share < 1 && share > 0.999) return '>99.9%';
  return percents.format(share);
}

export const wholePercent = (share: number): string => wholePercents.format(share);

export const count = (number: number): string => counts.format(number);

/** `1 sentence`, `2 sentences` */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

export const bytes = (number: number): string =>
  number < 1e6 ? `${count(Math.ceil(number / 1000))} kB` : `${(number / 1e6).toFixed(1)} MB`;
