import { useId } from 'preact/hooks';
import { LanguageField } from './language-field.js';
import { directionOf } from './languages.js';

/** UTF-16 code units: a page of text. */
const longestText = 5000;

interface Props {
  readonly text: string;
  readonly language: string;
  readonly onText: (text: string) => void;
  readonly onLanguage: (language: string) => void;
  readonly onExample: () => void;
}

/** Where the text is written and its language chosen. */
export function TextPanel({ text, language, onText, onLanguage, onExample }: Props) {
  const id = useId();
  return (
    <section class="panel writing" aria-labelledby="text-heading">
      <h2 id="text-heading">Text</h2>
      <div class="row">
        <LanguageField label="Language" value={language} onChange={onLanguage} />
        <button type="button" onClick={onExample}>
          Another example
        </button>
      </div>
      <div class="field text">
        <label for={id}>Your text</label>
        <textarea
          id={id}
          class="word"
          rows={4}
          maxLength={longestText}
          lang={language}
          dir={directionOf(language)}
          spellcheck={false}
          value={text}
          onInput={(event) => {
            onText(event.currentTarget.value);
          }}
        />
      </div>
    </section>
  );
}
