import { escape } from './escape.js';
import type { ErrorExample, FrequentError } from './frequent-errors.js';

const outcomeNames: Readonly<Record<FrequentError['outcome'], string>> = {
  label: 'other label',
  boundary: 'other boundaries',
  'label-and-boundary': 'other label and boundaries',
  missed: 'missed',
  spurious: 'no entity',
};

/** Mistakes in their context: what is right underlined, what was predicted shaded. */
export function errorTable(errors: readonly FrequentError[]): string {
  if (errors.length === 0) return '<p>None: every entity is right.</p>';
  const rows = errors.map(
    ({ outcome, gold, predicted, count, examples }) =>
      `<tr><td class="words">${outcomeNames[outcome]}</td><td>${count}</td><td class="words">${entity(gold)}</td>` +
      `<td class="words">${entity(predicted)}</td><td class="words"><ul class="examples">${examples.map(example).join('')}</ul></td></tr>`,
  );
  const head = ['mistake', 'times', 'gold', 'predicted', 'for example'].map(
    (name, column) => `<th scope="col"${column === 1 ? '' : ' class="words"'}>${name}</th>`,
  );
  return (
    '<p class="note">The most frequent first. In the examples <mark class="gold">the gold entity</mark> is underlined and ' +
    '<mark class="predicted">the predicted one</mark> is shaded.</p>\n' +
    `<div class="wide"><table>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`
  );
}

const entity = (given: FrequentError['gold']): string =>
  given ? `<bdi>${escape(given.words)}</bdi> <span class="label">${escape(given.label)}</span>` : '–';

function example({ tokens, gold, predicted, cut, language, sentence }: ErrorExample): string {
  const words = tokens.map((token, index) => {
    const within = (span: ErrorExample['gold']): boolean =>
      span !== undefined && index >= span.start && index < span.end;
    const classes = [...(within(gold) ? ['gold'] : []), ...(within(predicted) ? ['predicted'] : [])];
    const marked =
      classes.length > 0 ? `<mark class="${classes.join(' ')}">${escape(token)}</mark>` : escape(token);
    return marked + labelBehind(gold, index, 'g') + labelBehind(predicted, index, 'p');
  });
  const text = `${cut[0] ? '… ' : ''}${words.join(' ')}${cut[1] ? ' …' : ''}`;
  const lang = language === undefined || language === '' ? '' : ` lang="${escape(language)}"`;
  return `<li title="sentence ${sentence + 1}"><span dir="auto"${lang}>${text}</span></li>`;
}

/** The label of an entity stands behind its last word; left to right, whatever the words are. */
const labelBehind = (span: ErrorExample['gold'], index: number, whose: 'g' | 'p'): string =>
  span?.end === index + 1 ? `<bdi class="label ${whose}" dir="ltr">${escape(span.label)}</bdi>` : '';
