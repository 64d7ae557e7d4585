import { useId } from 'preact/hooks';
import { languageChoices } from './languages.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly disabled?: boolean;
  readonly onChange: (language: string) => void;
}

export function LanguageField({ label, value, disabled = false, onChange }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      >
        {languageChoices.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
