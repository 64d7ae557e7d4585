import { sampleLanguages } from '@cognate/corpora/samples';
import { useEffect, useState } from 'preact/hooks';
import { messageOf } from './state/message-of.js';
import { useAnalysis } from './state/use-analysis.js';
import { useModel } from './state/use-model.js';
import { exampleText } from './tagging/examples.js';
import { ModelPanel } from './view/model-panel.js';
import { ResultPanel } from './view/result-panel.js';
import { TextPanel } from './view/text-panel.js';
import { ThemeButton } from './view/theme-button.js';
import { TrainPanel } from './view/train-panel.js';

export function App() {
  const model = useModel();
  const [language, setLanguage] = useState('gl');
  const [text, setText] = useState('');
  /** The example that stands in the text, or stood there before it was changed. */
  const [example, setExample] = useState({ number: 0, text: '' });
  const [problem, setProblem] = useState<string>();
  const { analysis, error } = useAnalysis(text, language, model.model?.version);

  const onError = (reason: unknown) => {
    setProblem(messageOf(reason));
  };

  const showExample = (code: string, number: number) => {
    const known = sampleLanguages.find((sample) => sample === code);
    if (known === undefined) return;
    exampleText(known, number).then((found) => {
      setExample({ number, text: found });
      setText(found);
    }, onError);
  };

  useEffect(() => {
    showExample(language, 0);
  }, []);

  return (
    <>
      <a class="skip" href="#text-heading">
        Skip to the text
      </a>
      <header class="top">
        <div>
          <h1>Cognate playground</h1>
          <p>Find names in fifteen languages, and train a tagger of your own. All of it in this page.</p>
        </div>
        <ThemeButton />
      </header>
      <main>
        {problem !== undefined && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
        <div class="columns">
          <TextPanel
            text={text}
            language={language}
            onText={setText}
            onLanguage={(code) => {
              setLanguage(code);
              // What somebody has written stays.
              if (text === example.text || text.trim() === '') showExample(code, 0);
            }}
            onExample={() => {
              showExample(language, example.number + 1);
            }}
          />
          <ModelPanel state={model} onError={onError} />
        </div>
        <ResultPanel analysis={analysis} error={error} />
        <TrainPanel
          language={language}
          onUse={(name, files) => {
            model.loadTrained(name, files);
            document.getElementById('text-heading')?.scrollIntoView();
          }}
          onError={onError}
        />
      </main>
      <footer>
        <p>
          The bundled model was trained on generated sample sentences when this page was built: it shows how
          things work, not how good a tagger can be. Texts, corpora and models stay in this page; it loads
          nothing from anywhere else.
        </p>
      </footer>
    </>
  );
}
