import type { TopLevelSpec } from 'vega-lite';
import type { Figure } from './report.js';

/** A figure as SVG. Vega is loaded with the first one; its expressions are interpreted, not compiled, so that no code is made of data. */
export async function figureSvg({ spec }: Figure): Promise<string> {
  const [{ compile }, vega, { expressionInterpreter }] = await Promise.all([
    import('vega-lite'),
    import('vega'),
    import('vega-interpreter'),
  ]);
  const compiled = compile(asVegaLite(spec)).spec;
  const runtime = vega.parse(compiled, undefined, { ast: true });
  const options = { renderer: 'none', expr: expressionInterpreter } as const;
  const view = new vega.View(runtime, options);
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

/** What the figures of this package are; nobody else's get here. */
const asVegaLite = (spec: object): TopLevelSpec => spec as TopLevelSpec;
