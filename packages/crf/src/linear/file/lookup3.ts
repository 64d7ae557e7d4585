/** Bob Jenkins' hash lookup3 ("hashlittle", initial value 0) of bytes `from` to `to`, by which CRFsuite's databases find names. */
export function lookup3(bytes: Uint8Array, from: number, to: number): number {
  let left = to - from;
  let a = (0xdeadbeef + left) | 0;
  let b = a;
  let c = a;
  // The bytes from `at` on that are not past the end, as a little-endian number.
  const word = (at: number): number => {
    let value = 0;
    for (let i = 0; i < 4 && at + i < to; i++) value |= bytes[at + i] << (8 * i);
    return value;
  };
  const turn = (value: number, by: number): number => (value << by) | (value >>> (32 - by));
  let at = from;
  for (; left > 12; left -= 12, at += 12) {
    a = (a + word(at)) | 0;
    b = (b + word(at + 4)) | 0;
    c = (c + word(at + 8)) | 0;
    a = (a - c) ^ turn(c, 4);
    c = (c + b) | 0;
    b = (b - a) ^ turn(a, 6);
    a = (a + c) | 0;
    c = (c - b) ^ turn(b, 8);
    b = (b + a) | 0;
    a = (a - c) ^ turn(c, 16);
    c = (c + b) | 0;
    b = (b - a) ^ turn(a, 19);
    a = (a + c) | 0;
    c = (c - b) ^ turn(b, 4);
    b = (b + a) | 0;
  }
  if (left === 0) return c >>> 0;
  a = (a + word(at)) | 0;
  b = (b + word(at + 4)) | 0;
  c = (c + word(at + 8)) | 0;
  c = ((c ^ b) - turn(b, 14)) | 0;
  a = ((a ^ c) - turn(c, 11)) | 0;
  b = ((b ^ a) - turn(a, 25)) | 0;
  c = ((c ^ b) - turn(b, 16)) | 0;
  a = ((a ^ c) - turn(c, 4)) | 0;
  b = ((b ^ a) - turn(a, 14)) | 0;
  c = ((c ^ b) - turn(b, 24)) | 0;
  return c >>> 0;
}
