import type { Evaluation } from '../evaluate.js';
import { describeConvention } from '../text-report.js';
import { escape } from './escape.js';
import type { FrequentError } from './frequent-errors.js';
import { errorTable } from './html-errors.js';
import { confusionTable, scoreTables, shownShare } from './html-tables.js';
import { style } from './style.js';

/** Scores on one data set, and the mistakes behind them. */
export interface ReportSection {
  /** As `Test set`. */
  readonly title: string;
  readonly evaluation: Evaluation;
  readonly errors?: readonly FrequentError[] | undefined;
}

/** A picture of a report: an SVG that this package or the caller's own code made. It goes into the page as it is. */
export interface ReportFigure {
  readonly svg: string;
  readonly caption?: string | undefined;
}

export interface HtmlReportOptions {
  readonly title: string;
  /** One line under the title. */
  readonly subtitle?: string | undefined;
  /** Few words and numbers, shown large. */
  readonly highlights?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly figures?: readonly ReportFigure[] | undefined;
  readonly sections?: readonly ReportSection[] | undefined;
  /** Names and values: data, settings, seeds. */
  readonly facts?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Whole text, as a configuration, kept as it is. */
  readonly settings?: string | undefined;
}

/**
 * Scores, confusions, mistakes in context, figures and settings as a page that stands alone: no script, nothing loaded from elsewhere (its content
 * security policy forbids both), every text escaped.
 */
export function htmlReport(options: HtmlReportOptions): string {
  const { title, subtitle, highlights = [], figures = [], sections = [], facts = [], settings } = options;
  const tiles = highlights.map(([name, value]) => `<li><b>${escape(value)}</b>${escape(name)}</li>`);
  const body = [
    `<h1>${escape(title)}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="note">${escape(subtitle)}</p>`]),
    ...(tiles.length === 0 ? [] : [`<ul class="tiles">\n${tiles.join('\n')}\n</ul>`]),
    ...(figures.length === 0 ? [] : ['<h2>Figures</h2>', ...figures.map(figure)]),
    ...sections.map(section),
    ...(facts.length === 0 && settings === undefined ? [] : ['<h2>Settings</h2>']),
    ...(facts.length === 0 ? [] : [factTable(facts)]),
    ...(settings === undefined ? [] : [`<pre>${escape(settings)}</pre>`]),
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">\n` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escape(title)}</title>\n<style>\n${style}</style>\n</head>\n<body>\n${body.join('\n')}\n</body>\n</html>\n`
  );
}

const figure = ({ svg, caption }: ReportFigure): string =>
  `<figure>\n${svg.trim()}\n${caption === undefined ? '' : `<figcaption class="note">${escape(caption)}</figcaption>\n`}</figure>`;

function section({ title, evaluation, errors }: ReportSection): string {
  const { micro, sentences, tokens, accuracy, convention } = evaluation;
  return [
    `<h2>${escape(title)}</h2>`,
    `<p>F1 ${shownShare(micro.f1)}, precision ${shownShare(micro.precision)}, recall ${shownShare(micro.recall)} on ` +
      `${sentences} sentences, ${tokens} tokens; token accuracy ${shownShare(accuracy)}.</p>`,
    `<p class="note">${escape(describeConvention(convention))}</p>`,
    scoreTables(evaluation),
    `<h3>Confusion</h3>\n${confusionTable(evaluation)}`,
    ...(errors ? [`<h3>Most frequent mistakes</h3>\n${errorTable(errors)}`] : []),
  ].join('\n');
}

function factTable(facts: readonly (readonly [string, string])[]): string {
  const rows = facts.map(
    ([name, value]) => `<tr><td>${escape(name)}</td><td class="words">${escape(value)}</td></tr>`,
  );
  return `<div class="wide"><table>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}
