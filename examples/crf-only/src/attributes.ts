/** What the model sees of each word: any strings will do, and a model of another task has others. */
export function attributesOf(words: readonly string[]): string[][] {
  return words.map((word, index) => {
    const lower = word.toLowerCase();
    return [
      `word=${lower}`,
      `ending=${lower.slice(-2)}`,
      `before=${words[index - 1]?.toLowerCase() ?? '(start)'}`,
      `after=${words[index + 1]?.toLowerCase() ?? '(end)'}`,
      ...(/^\d+$/.test(word) ? ['number'] : []),
    ];
  });
}
