import type { Entity } from '@cognate/tagger';
import { labelStyle } from './labels.js';
import { directionOf } from './languages.js';
import { Meter } from './meter.js';

interface Props {
  readonly language: string;
  readonly entities: readonly Entity[];
}

/** The entities as a table, in the order of the text. */
export function EntitiesTable({ language, entities }: Props) {
  return (
    <div class="scroll" role="region" aria-label="List of entities" tabIndex={0}>
      <table class="entities">
        <thead>
          <tr>
            <th scope="col">Entity</th>
            <th scope="col">Label</th>
            <th scope="col">Probability</th>
            <th scope="col">Characters</th>
          </tr>
        </thead>
        <tbody>
          {entities.map(({ label, text, start, end, score }) => (
            <tr key={start}>
              <td>
                <bdi lang={language} dir={directionOf(language)} class="word">
                  {text}
                </bdi>
              </td>
              <td>
                <span class="chip" style={labelStyle(label)}>
                  {label || 'entity'}
                </span>
              </td>
              <td>
                <Meter value={score} />
              </td>
              <td class="quiet">
                {start}–{end}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
