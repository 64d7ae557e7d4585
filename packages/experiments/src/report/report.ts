import type { ReportTable } from './table.js';

/** A figure as a Vega-Lite specification, data included. */
export interface Figure {
  readonly name: string;
  readonly caption: string;
  readonly spec: Readonly<Record<string, unknown>>;
}

/** A part of a report: words, tables, figures. */
export interface Section {
  readonly title: string;
  readonly text: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly figures: readonly Figure[];
}

/** A report of a grid: plain data, for `markdownReport`, `htmlReport` and whatever else shows it. */
export interface Report {
  readonly title: string;
  /** Paragraphs, an empty line between them. */
  readonly answers: string;
  /** What the runs are, how many, and what they were made with. */
  readonly facts: readonly string[];
  readonly sections: readonly Section[];
}
