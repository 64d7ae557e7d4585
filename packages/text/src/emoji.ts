import { PICTOGRAPH, REGIONAL } from './char-class.js';

const ZWJ = 0x200d;
const EMOJI_STYLE = 0xfe0f;
const TEXT_STYLE = 0xfe0e;
const KEYCAP = 0x20e3;

const isTone = (point: number) => point >= 0x1f3fb && point <= 0x1f3ff;
const isTag = (point: number) => point >= 0xe0020 && point <= 0xe007f;
const isRegional = (point: number) => point >= 0x1f1e6 && point <= 0x1f1ff;

/**
 * End of the emoji sequence at `start` (Unicode TS 51: flags, keycaps, skin tones, tag sequences, ZWJ sequences), or 0 where
 * the character there is no emoji: a bare `©` or a digit.
 *
 * @param kind class of the character at `start`
 * @param width its length in UTF-16 code units
 */
export function emojiEnd(text: string, start: number, kind: number, width: number): number {
  if (kind === REGIONAL) {
    const next = text.codePointAt(start + width) ?? 0;
    return isRegional(next) ? start + 4 : start + width;
  }
  let at = start + width;
  if (kind !== PICTOGRAPH) {
    if (text.charCodeAt(at) === EMOJI_STYLE) at++;
    return text.charCodeAt(at) === KEYCAP ? at + 1 : 0;
  }
  const first = text.codePointAt(start) ?? 0;
  const styled = text.charCodeAt(at) === EMOJI_STYLE;
  if (!styled && !/^\p{Emoji_Presentation}/u.test(String.fromCodePoint(first))) {
    // A text symbol by itself, an emoji in a sequence: ❤ against ❤️‍🔥.
    if (text.charCodeAt(at) !== ZWJ && !isTone(text.codePointAt(at) ?? 0)) return 0;
  }
  at = elementEnd(text, at);
  while (text.charCodeAt(at) === ZWJ) {
    const next = text.codePointAt(at + 1);
    if (next === undefined || !/^\p{Extended_Pictographic}/u.test(String.fromCodePoint(next))) break;
    at = elementEnd(text, at + 1 + (next > 0xffff ? 2 : 1));
  }
  return at;
}

/** Behind what modifies one pictograph: style, skin tone, tags. */
function elementEnd(text: string, start: number): number {
  let at = start;
  const style = text.charCodeAt(at);
  if (style === EMOJI_STYLE || style === TEXT_STYLE) at++;
  if (isTone(text.codePointAt(at) ?? 0)) at += 2;
  while (isTag(text.codePointAt(at) ?? 0)) at += 2;
  if (text.charCodeAt(at) === KEYCAP) at++;
  return at;
}
