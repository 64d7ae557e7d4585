import type * as resvgTypes from '@resvg/resvg-js';

type Library = typeof resvgTypes;

/** Pictures are twice as large in pixels as in the SVG, for screens of today. */
const zoom = 2;

/**
 * A painter of PNGs by resvg, a library of native code with the system's fonts.
 *
 * @returns a string that says why there is none, where the library cannot be loaded on this system
 */
export async function pngPainter(): Promise<((svg: string) => Uint8Array) | string> {
  let resvg: Library;
  try {
    resvg = await import('@resvg/resvg-js');
  } catch (error) {
    const [reason] = (error instanceof Error ? error.message : String(error)).split('\n');
    return `figures are there as SVG only: @resvg/resvg-js does not load (${reason})`;
  }
  return (svg) =>
    new resvg.Resvg(svg, {
      fitTo: { mode: 'zoom', value: zoom },
      font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' },
    })
      .render()
      .asPng();
}
