import type { Report } from './report.js';
import type { ReportTable } from './table.js';

const style = `
body{font:15px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:1100px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.2rem;border-bottom:1px solid #ddd}
table{border-collapse:collapse;font-size:13px;margin:1rem 0;display:block;overflow-x:auto}
th,td{padding:.25rem .6rem;border-bottom:1px solid #e4e4e4;text-align:left;white-space:nowrap}
th{border-bottom:2px solid #999}.n{text-align:right;font-variant-numeric:tabular-nums}
tbody tr:hover{background:#f5f7f9}figure{margin:1rem 0;overflow-x:auto}ul{color:#555;font-size:13px}`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function tableHtml({ head, rows, numbersFrom }: ReportTable): string {
  const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
    row
      .map((cell, column) => `<${tag}${column < numbersFrom ? '' : ' class="n"'}>${escape(cell)}</${tag}>`)
      .join('');
  const body = rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('\n');
  return `<table><thead><tr>${cells('th', head)}</tr></thead><tbody>\n${body}\n</tbody></table>`;
}

/**
 * A report as one page that needs nothing else: no script, no file, no network.
 *
 * @param svgs the figures by their names
 */
export function htmlReport(report: Report, svgs: ReadonlyMap<string, string>): string {
  const sections = report.sections.map(({ title, text, tables, figures }) =>
    [
      `<section><h2>${escape(title)}</h2>`,
      ...text.map((line) => `<p>${escape(line)}</p>`),
      ...tables.map(tableHtml),
      ...figures.map(
        ({ name, caption }) =>
          `<figure role="img" aria-label="${escape(caption)}">${svgs.get(name) ?? ''}</figure>`,
      ),
      '</section>',
    ].join('\n'),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(report.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(report.title)}</h1>
${
  report.answers === ''
    ? ''
    : report.answers
        .split('\n\n')
        .map((text) => `<p>${escape(text)}</p>`)
        .join('\n')
}
<ul>
${report.facts.map((fact) => `<li>${escape(fact)}</li>`).join('\n')}
</ul>
${sections.join('\n')}
</body>
</html>
`;
}
