import type { ModelFiles } from '@cognate/tagger';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { NamedFile } from '../files/archive.js';
import type { ModelDescription } from '../tagging/describe-model.js';
import { messageOf } from './message-of.js';
import { tagging } from './services.js';

export interface LoadedModel extends ModelDescription {
  readonly name: string;
  /** Counts the models that have been loaded: with another number the text is tagged anew. */
  readonly version: number;
}

export interface ModelState {
  readonly model: LoadedModel | undefined;
  /** What is being loaded, if anything is. */
  readonly loading: string | undefined;
  readonly error: string | undefined;
  loadBundled(): void;
  loadPicked(files: readonly NamedFile[]): void;
  loadTrained(name: string, files: ModelFiles): void;
}

const bundled = 'the bundled model';

/** The model in use. One that cannot be loaded leaves the one before it in its place. */
export function useModel(): ModelState {
  const [model, setModel] = useState<LoadedModel>();
  const [loading, setLoading] = useState<string>();
  const [error, setError] = useState<string>();

  const load = useCallback((name: string, start: () => Promise<ModelDescription>) => {
    setLoading(name);
    setError(undefined);
    start()
      .then((description) => {
        setModel((before) => ({ ...description, name, version: (before?.version ?? 0) + 1 }));
      })
      .catch((reason: unknown) => {
        setError(messageOf(reason));
      })
      .finally(() => {
        setLoading(undefined);
      });
  }, []);

  const loadBundled = useCallback(() => {
    load(bundled, () => tagging.loadFrom(new URL('model', document.baseURI).href));
  }, [load]);

  useEffect(loadBundled, [loadBundled]);

  return {
    model,
    loading,
    error,
    loadBundled,
    loadPicked: (files) => {
      const name = files.at(0)?.path.replace(/\/.*/, '') ?? 'nothing';
      load(name, () => tagging.loadPicked(files));
    },
    loadTrained: (name, files) => {
      load(name, () => tagging.load(files));
    },
  };
}
