import type { ComponentChildren } from 'preact';
import type { AnalysedSentence, Tagging } from '../tagging/analyse.js';
import { directionOf } from './languages.js';
import { MarkedEntity } from './marked-text.js';
import { Meter } from './meter.js';

interface Props {
  readonly sentence: AnalysedSentence;
  readonly language: string;
}

/** The most probable taggings of a sentence, each as the sentence with its entities. */
export function Alternatives({ sentence, language }: Props) {
  return (
    <ol class="alternatives" dir={directionOf(language)}>
      {sentence.taggings.map((tagging, rank) => (
        <li key={rank}>
          <Meter value={tagging.probability} />
          <span class="alternative" lang={language}>
            {mark(sentence, tagging)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function mark({ text, tokens }: AnalysedSentence, { spans }: Tagging): ComponentChildren[] {
  // Offsets count in the whole text; the sentence begins with its first token.
  const origin = tokens[0].start;
  const parts: ComponentChildren[] = [];
  let at = 0;
  for (const { start, end, label } of spans) {
    const from = tokens[start].start - origin;
    const to = tokens[end - 1].end - origin;
    parts.push(
      text.slice(at, from),
      <MarkedEntity key={from} label={label}>
        {text.slice(from, to)}
      </MarkedEntity>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return parts;
}
