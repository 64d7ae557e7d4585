import type { Sentence } from './sentence.js';

/*
 * V8 watches objects and arrays made by literals, and where many from one literal outlive a collection of young garbage, as the
 * sentences of a block now and then do, it makes all later ones in the old heap. Whatever they hold then stays alive until the
 * next full collection, and reading takes three times as long. What a constructor or a copy makes is not watched.
 */

type SentenceMaker = new (tokens: string[]) => Sentence;

const Maker = function (this: Sentence, tokens: string[]): void {
  this.tokens = tokens;
} as unknown as SentenceMaker;
// So that the result is as plain an object as any.
Maker.prototype = Object.prototype;

/** `{ tokens }`. */
export const makeSentence = (tokens: string[]): Sentence => new Maker(tokens);

const noStrings: string[] = [''];
noStrings.pop();

/** `[]`, ready for strings. */
export const emptyStrings = (): string[] => noStrings.slice();
