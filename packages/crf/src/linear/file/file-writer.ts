/** Writes little-endian numbers and bytes, one after the other, into a file of known size. */
export class FileWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  /** Where the next number goes. */
  at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  u32(value: number): void {
    this.#view.setUint32(this.at, value, true);
    this.at += 4;
  }

  f64(value: number): void {
    this.#view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** ASCII text. */
  text(value: string): void {
    for (let i = 0; i < value.length; i++) this.bytes[this.at++] = value.charCodeAt(i);
  }

  copy(source: Uint8Array): void {
    this.bytes.set(source, this.at);
    this.at += source.length;
  }
}
