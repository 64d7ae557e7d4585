import type { Entity } from '@cognate/tagger';
import type { ComponentChildren } from 'preact';
import { labelStyle } from './labels.js';
import { directionOf } from './languages.js';
import { percent, wholePercent } from './numbers.js';

interface EntityProps {
  readonly label: string;
  readonly title?: string;
  readonly score?: number;
  readonly children: ComponentChildren;
}

/** A name in its label's colour, the label behind it. */
export function MarkedEntity({ label, title, score, children }: EntityProps) {
  return (
    <mark class="entity" style={labelStyle(label)} title={title}>
      {children}
      <span class="entity-label">
        {/* Left to right whatever the words are. */}
        <bdi dir="ltr">
          {label || 'entity'}
          {score !== undefined && <span class="entity-score"> {wholePercent(score)}</span>}
        </bdi>
      </span>
    </mark>
  );
}

interface Props {
  readonly text: string;
  readonly language: string;
  readonly entities: readonly Entity[];
}

/** The text with its entities marked. */
export function MarkedText({ text, language, entities }: Props) {
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { label, start, end, score } of entities) {
    parts.push(
      text.slice(at, start),
      <MarkedEntity key={start} label={label} score={score} title={`${label}, ${percent(score)}`}>
        {text.slice(start, end)}
      </MarkedEntity>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return (
    <p class="marked-text" lang={language} dir={directionOf(language)}>
      {parts}
    </p>
  );
}
