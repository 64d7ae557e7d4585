import type { Readable, Writable } from 'node:stream';
import {
  autocomplete,
  autocompleteMultiselect,
  confirm,
  intro,
  isCancel,
  log,
  select,
  text,
} from '@clack/prompts';
import { findLanguage, languages } from '@cognate/text';
import { Interrupted } from '../failure.js';
import { describeError } from '../terminal/describe-error.js';
import type { Answers } from './answers.js';
import { lookInto } from './look-into.js';
import { recipeHints } from './recipe-hints.js';

/** Where questions are asked. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

/**
 * Asks at a terminal what the command line has not said. Corpora are looked into at once, and asked for again if they are none.
 *
 * @throws Interrupted if the user gives up
 */
export async function askQuestions(
  given: Partial<Answers>,
  defaults: Pick<Answers, 'output' | 'seeds'>,
  terminal: Terminal = {},
): Promise<Answers> {
  intro('A new project: a tagger for named entities', terminal);
  const language = given.language ?? (await askLanguage(terminal));
  const corpus = (message: string, code = language): Promise<string> => askCorpus(message, code, terminal);
  const maybe = async (question: string, message: string): Promise<string | undefined> =>
    taken(await confirm({ message: question, initialValue: false, ...terminal }))
      ? corpus(message)
      : undefined;

  const train = given.train ?? (await corpus(`Training corpus of ${nameOf(language)}`));
  const dev =
    given.dev ??
    (await maybe('Is there a development corpus? It chooses the best epoch.', 'Development corpus'));
  const test = given.test ?? (await maybe('Is there a test corpus? It is scored at the end.', 'Test corpus'));
  const sources: { language: string; train: string }[] = [...(given.sources ?? [])];
  if (given.sources === undefined) {
    for (const code of await askSources(language, terminal)) {
      sources.push({ language: code, train: await corpus(`Training corpus of ${nameOf(code)}`, code) });
    }
  }
  const recipe = given.recipe ?? (await askRecipe(terminal));
  const output =
    given.output ??
    taken(
      await text({
        message: 'Where does the model go?',
        placeholder: defaults.output,
        defaultValue: defaults.output,
        ...terminal,
      }),
    );
  return { language, train, dev, test, sources, recipe, output, seeds: given.seeds ?? defaults.seeds };
}

/** Whether something is to be done; `false` unless the user says yes. */
export const askWhether = async (message: string, terminal: Terminal = {}): Promise<boolean> =>
  taken(await confirm({ message, initialValue: false, ...terminal }));

async function askLanguage(terminal: Terminal): Promise<string> {
  const other = '';
  const code = taken(
    await autocomplete({
      message: 'Which language is the tagger for? (type to search)',
      options: [
        ...languages.map(({ code: value, name, nativeName }) => ({
          value,
          label: name,
          hint: nativeName === name ? value : `${nativeName}, ${value}`,
        })),
        { value: other, label: 'another language' },
      ],
      maxItems: 8,
      ...terminal,
    }),
  );
  if (code !== other) return code;
  return taken(
    await text({
      message: 'Its code (ISO 639)',
      placeholder: 'sw',
      validate: (value) =>
        /^[\p{L}\p{N}_-]{1,40}$/u.test(value ?? '') ? undefined : 'letters, digits, - and _ only',
      ...terminal,
    }),
  );
}

async function askCorpus(message: string, language: string, terminal: Terminal): Promise<string> {
  for (;;) {
    const file = taken(
      await text({
        message,
        placeholder: 'a file, as data/train.bio',
        validate: (value) => ((value ?? '') === '' ? 'the path of a file' : undefined),
        ...terminal,
      }),
    );
    try {
      log.info(await lookInto(file, language), terminal);
      return file;
    } catch (error) {
      log.error(describeError(error), terminal);
    }
  }
}

async function askSources(language: string, terminal: Terminal): Promise<string[]> {
  const relatives = findLanguage(language)?.relatives ?? [];
  const others = languages
    .map(({ code }) => code)
    .filter((code) => code !== language && !relatives.includes(code));
  return taken(
    await autocompleteMultiselect({
      message: 'Which related languages have corpora too? (type to search, Tab to choose, Enter when done)',
      options: [...relatives, ...others].map((value) => ({
        value,
        label: nameOf(value),
        ...(relatives.includes(value) && { hint: 'a relative' }),
      })),
      required: false,
      maxItems: 8,
      ...terminal,
    }),
  );
}

const askRecipe = async (terminal: Terminal): Promise<string> =>
  taken(
    await select({
      message: 'What shall be trained?',
      options: recipeHints().map(({ name, hint }) => ({ value: name, label: name, hint })),
      ...terminal,
    }),
  );

const nameOf = (code: string): string => findLanguage(code)?.name ?? code;

function taken<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Interrupted('given up; nothing was written', 'SIGINT');
  return answer as Exclude<T, symbol>;
}
