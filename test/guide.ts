/** What somebody who follows a guide does next. */
export type GuideStep =
  | { readonly kind: 'save'; readonly file: string; readonly content: string; readonly line: number }
  | {
      readonly kind: 'run';
      readonly commands: string;
      readonly output: string | undefined;
      readonly line: number;
    };

/**
 * The steps of a guide, in order. A block whose first line names a file after the language (```js tag.mjs) is to be saved under that
 * name; a ```sh block is to be run, and a ```text block right behind it is what it prints.
 */
export function guideSteps(markdown: string): GuideStep[] {
  const text = markdown.replaceAll('\r\n', '\n');
  const fence = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;
  const steps: GuideStep[] = [];
  let end = 0;
  let afterRun = false;
  for (const match of text.matchAll(fence)) {
    const [whole, language, file, content] = match as unknown as [string, string, string | undefined, string];
    const line = text.slice(0, match.index).split('\n').length;
    const previous = steps.at(-1);
    if (file !== undefined) steps.push({ kind: 'save', file, content, line });
    else if (language === 'sh') steps.push({ kind: 'run', commands: content, output: undefined, line });
    else if (
      language === 'text' &&
      afterRun &&
      previous?.kind === 'run' &&
      text.slice(end, match.index).trim() === ''
    )
      steps[steps.length - 1] = { ...previous, output: content.trimEnd() };
    afterRun = file === undefined && language === 'sh';
    end = match.index + whole.length;
  }
  return steps;
}

/** Names of files that the prose before a step does not mention: a reader would not know where to save them. */
export function unnamedFiles(markdown: string): string[] {
  const lines = markdown.split('\n');
  return guideSteps(markdown).flatMap((step) => {
    if (step.kind !== 'save') return [];
    const before = lines.slice(Math.max(0, step.line - 8), step.line - 1).join('\n');
    return before.includes(`\`${step.file}\``) ? [] : [step.file];
  });
}
