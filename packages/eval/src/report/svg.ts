import { escape } from './escape.js';

/** Colours that people with any colour vision tell apart (Okabe and Ito 2008), the darker ones first. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#777777'] as const;

export const colourOf = (index: number): string => colours[index % colours.length];

/** About how wide a text is in a sans-serif font of this size, in pixels. */
export const textWidth = (text: string, size = 12): number => 0.58 * size * Array.from(text).length;

/** A coordinate: a hundredth of a pixel is enough. */
export const at = (value: number): string => String(Math.round(100 * value) / 100);

/** A whole picture on white ground, fit to stand alone as a file. */
export function svgDocument(width: number, height: number, title: string, parts: readonly string[]): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${at(width)} ${at(height)}" width="${at(width)}" height="${at(height)}" ` +
    `role="img" font-family="system-ui, 'Noto Sans', 'DejaVu Sans', Helvetica, Arial, sans-serif" font-size="12" fill="#333">\n` +
    `<title>${escape(title)}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n${parts.join('\n')}\n</svg>\n`
  );
}

export interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly more?: string;
}

export function svgText(
  x: number,
  y: number,
  text: string,
  { anchor = 'start', more = '' }: TextStyle = {},
): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${more === '' ? '' : ` ${more}`}>${escape(text)}</text>`;
}
