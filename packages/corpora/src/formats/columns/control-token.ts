const onlyControl = /^[\p{Cc}\p{Cf}\p{Zs}\p{Zl}\p{Zp}]+$/u;

/** Whether nothing of a token would be seen: it is all control, format or white-space characters. */
export const isControlToken = (token: string): boolean => onlyControl.test(token);

/**
 * Whether a token that starts with this code unit could be one: a cheap first look, true too often rather than too seldom.
 */
export function mayStartControlToken(code: number): boolean {
  if (code < 0x7f) return code <= 0x20;
  if (code < 0x600) return code <= 0xad; // C1 controls, no-break space, soft hyphen; then Latin, Greek, Cyrillic, Hebrew
  if (code < 0x900)
    return code < 0x606 || code === 0x61c || code === 0x6dd || code === 0x70f || code >= 0x890;
  if (code < 0x1680) return false; // Devanagari and the other scripts of India, Thai, Tibetan, Georgian, Ethiopic
  if (code < 0x2000) return code === 0x1680 || code === 0x180e;
  if (code < 0x2070) return code < 0x2010 || (code >= 0x2028 && code < 0x2030) || code >= 0x205f;
  return code === 0x3000 || code >= 0xd800;
}
