import { useId, useState } from 'preact/hooks';
import type { TrainSettings } from '../training/train-model.js';
import { LanguageField } from './language-field.js';

interface Props {
  /** What the corpus says of its language, or the page. */
  readonly language: string;
  readonly busy: boolean;
  readonly onTrain: (settings: TrainSettings) => void;
  readonly onCancel: () => void;
}

interface NumberProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
  readonly disabled: boolean;
  readonly onChange: (value: number) => void;
}

function NumberField({ label, onChange, ...input }: NumberProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        required
        {...input}
        onInput={(event) => {
          onChange(event.currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}

/** The settings of a run, and the buttons that start and end it. */
export function TrainForm({ language: suggested, busy, onTrain, onCancel }: Props) {
  const [language, setLanguage] = useState(suggested);
  const [iterations, setIterations] = useState(100);
  const [c1, setC1] = useState(0.05);
  const [c2, setC2] = useState(0.02);
  const [holdOut, setHoldOut] = useState(true);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onTrain({ language, iterations, c1, c2, holdOut });
      }}
    >
      <div class="row">
        <LanguageField
          label="Language of the corpus"
          value={language}
          disabled={busy}
          onChange={setLanguage}
        />
        <NumberField
          label="Iterations at most"
          {...{ value: iterations, min: 1, max: 1000, step: 1, disabled: busy, onChange: setIterations }}
        />
        <NumberField
          label="L1 penalty (c1)"
          {...{ value: c1, min: 0, max: 100, step: 'any', disabled: busy, onChange: setC1 }}
        />
        <NumberField
          label="L2 penalty (c2)"
          {...{ value: c2, min: 0, max: 100, step: 'any', disabled: busy, onChange: setC2 }}
        />
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={holdOut}
          disabled={busy}
          onChange={(event) => {
            setHoldOut(event.currentTarget.checked);
          }}
        />{' '}
        Keep one sentence in five from training, to judge the model by
      </label>
      <div class="row">
        <button type="submit" class="primary" disabled={busy}>
          Train
        </button>
        {busy && (
          <button type="button" onClick={onCancel}>
            Cancel
          </button>
        )}
      </div>
    </form>
  );
}
