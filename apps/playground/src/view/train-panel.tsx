import { sampleLanguages } from '@cognate/corpora/samples';
import type { ModelFiles } from '@cognate/tagger';
import { packModel } from '../files/pack-model.js';
import { useTraining } from '../state/use-training.js';
import { CorpusFacts } from './corpus-summary.js';
import { DropZone } from './drop-zone.js';
import { nameOf } from './languages.js';
import { RunView } from './run-view.js';
import { TrainForm } from './train-form.js';

interface Props {
  /** Of the text above. */
  readonly language: string;
  readonly onUse: (name: string, files: ModelFiles) => void;
  readonly onError: (error: unknown) => void;
}

/** Trains a small linear model on somebody's corpus. */
export function TrainPanel({ language, onUse, onError }: Props) {
  const state = useTraining();
  const { corpus, choices, busy, run, error } = state;
  const sample = sampleLanguages.find((code) => code === language) ?? 'gl';
  const own = corpus?.languages.length === 1 ? corpus.languages[0] : language;
  return (
    <section class="panel" aria-labelledby="train-heading">
      <h2 id="train-heading">Train a model of your own</h2>
      <DropZone
        what="a corpus"
        disabled={busy !== undefined}
        hint="Drop a tagged corpus here: CoNLL columns, WikiANN, CoNLL-U, JSON, Prodigy, Label Studio, brat …, plain, gzipped or in an archive. The format is told from the file. Nothing leaves this computer."
        onFiles={(files) => {
          state.read(files);
        }}
        onError={onError}
      >
        <button
          type="button"
          disabled={busy !== undefined}
          onClick={() => {
            state.takeSample(sample);
          }}
        >
          Take 100 sample sentences of {nameOf(sample)}
        </button>
      </DropZone>
      {busy === 'reading' && (
        <p class="status" role="status">
          Reading …
        </p>
      )}
      {error !== undefined && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {choices && (
        <fieldset>
          <legend>There are several files. Which one is the corpus?</legend>
          <div class="row">
            {choices.map((path) => (
              <button
                key={path}
                type="button"
                onClick={() => {
                  state.choose(path);
                }}
              >
                {path}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {corpus && (
        <>
          <CorpusFacts corpus={corpus} />
          <TrainForm
            key={`${corpus.name} ${own}`}
            language={own}
            busy={busy === 'training'}
            onTrain={(settings) => {
              state.train(settings);
            }}
            onCancel={() => {
              state.cancel();
            }}
          />
        </>
      )}
      {run && <RunView run={run} />}
      {corpus && run?.result && (
        <Outcome name={modelName(corpus.name)} {...{ files: run.result.files, onUse, onError }} />
      )}
    </section>
  );
}

interface OutcomeProps extends Pick<Props, 'onUse' | 'onError'> {
  readonly name: string;
  readonly files: ModelFiles;
}

function Outcome({ name, files, onUse, onError }: OutcomeProps) {
  return (
    <div class="row">
      <button
        type="button"
        class="primary"
        onClick={() => {
          onUse(name, files);
        }}
      >
        Tag with it
      </button>
      <button
        type="button"
        onClick={() => {
          packModel(files, name).then((archive) => {
            download(archive, `${name}.tar.gz`);
          }, onError);
        }}
      >
        Download the model
      </button>
    </div>
  );
}

/** A name for a folder from a file's: without its folders and endings. */
const modelName = (file: string): string =>
  `${
    file
      .replace(/^.*\//, '')
      .replace(/\..*$/, '')
      .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '-') || 'corpus'
  }-model`;

function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the content once it has begun.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
