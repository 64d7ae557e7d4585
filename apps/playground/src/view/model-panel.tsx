import type { ModelState } from '../state/use-model.js';
import { DropZone } from './drop-zone.js';
import { nameOf } from './languages.js';
import { bytes, counted } from './numbers.js';

interface Props {
  readonly state: ModelState;
  readonly onError: (error: unknown) => void;
}

const kinds = { linear: 'linear CRF', neural: 'neural CRF', ensemble: 'ensemble of CRFs' } as const;

/** Which model is in use, and how to load another one. */
export function ModelPanel({ state, onError }: Props) {
  const { model, loading, error } = state;
  return (
    <section class="panel" aria-labelledby="model-heading">
      <h2 id="model-heading">Model</h2>
      <div aria-live="polite">
        {loading !== undefined && <p class="status">Loading {loading} …</p>}
        {error !== undefined && (
          <p class="error" role="alert">
            {error}
          </p>
        )}
      </div>
      {model && (
        <dl class="facts">
          <dt>In use</dt>
          <dd>
            {model.name} <span class="quiet">({kinds[model.type]})</span>
          </dd>
          <dt>Finds</dt>
          <dd>{model.labels.join(', ')}</dd>
          <dt>Languages</dt>
          <dd>{model.languages.map(nameOf).join(', ') || 'not said'}</dd>
          <dt>Trained on</dt>
          <dd>{counted(model.sentences, 'sentence')}</dd>
          <dt>Size</dt>
          <dd>{bytes(model.bytes)}</dd>
        </dl>
      )}
      <DropZone
        what="a model"
        hint="Drop a model’s folder here, its files, or an archive of it (.tar.gz, .zip). Nothing leaves this computer."
        disabled={loading !== undefined}
        onFiles={(files) => {
          state.loadPicked(files);
        }}
        onError={onError}
      >
        {model !== undefined && model.name !== 'the bundled model' && (
          <button
            type="button"
            onClick={() => {
              state.loadBundled();
            }}
          >
            Back to the bundled model
          </button>
        )}
      </DropZone>
    </section>
  );
}
