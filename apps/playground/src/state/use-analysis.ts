import { useEffect, useState } from 'preact/hooks';
import type { Analysis } from '../tagging/analyse.js';
import { messageOf } from './message-of.js';
import { tagging } from './services.js';

/** Milliseconds after the last key before a text is tagged. */
const pause = 150;

/** What the model says of a text, anew whenever text, language or model change; the last answer stays until the next is there. */
export function useAnalysis(
  text: string,
  language: string,
  modelVersion: number | undefined,
): { analysis: Analysis | undefined; error: string | undefined } {
  const [state, setState] = useState<{ analysis?: Analysis; error?: string }>({});
  useEffect(() => {
    if (modelVersion === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      tagging
        .tag(text, language)
        .then((analysis) => {
          if (current) setState({ analysis });
        })
        .catch((error: unknown) => {
          if (current) setState({ error: messageOf(error) });
        });
    }, pause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text, language, modelVersion]);
  return { analysis: state.analysis, error: state.error };
}
