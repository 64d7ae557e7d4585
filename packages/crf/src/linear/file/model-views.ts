import { EndingRecords } from './ending-records.js';
import { numbersAt } from './little-endian.js';
import { countsIn, sections, type Section } from './model-format.js';

/** The sections of a model file as typed arrays, where they lie; model-format.ts says what they hold. */
export interface Views {
  readonly transitions: Float64Array;
  readonly stateWeights: Float64Array;
  readonly slots: Uint32Array;
  readonly endings: EndingRecords;
  readonly prefixes: Uint8Array;
  readonly rowMasks: Uint8Array;
  readonly maskBytes: number;
  readonly rowSizes: Uint16Array;
  readonly tagOffsets: Uint32Array;
  readonly rowTags: Uint16Array;
  readonly tagNames: Uint8Array;
  readonly endingNames: Uint8Array;
}

/** Makes typed arrays of the sections of a file that begins at a multiple of 8 bytes in its buffer. */
export function viewsOf(file: Uint8Array<ArrayBuffer>, counts = countsIn(file)): Views {
  const at = sections(counts);
  const { buffer, byteOffset } = file;
  const bytes = ({ at: start, count }: Section) => new Uint8Array(buffer, byteOffset + start, count);
  const u32 = ({ at: start, count }: Section) => numbersAt('u32', buffer, byteOffset + start, count);
  const f64 = ({ at: start, count }: Section) => numbersAt('f64', buffer, byteOffset + start, count);
  const u16 = ({ at: start, count }: Section) => numbersAt('u16', buffer, byteOffset + start, count);
  return {
    transitions: f64(at.transitions),
    stateWeights: f64(at.stateWeights),
    slots: u32(at.slots),
    endings: new EndingRecords(bytes(at.endings), counts.endings),
    prefixes: bytes(at.prefixes),
    rowMasks: bytes(at.rowMasks),
    maskBytes: at.maskBytes,
    rowSizes: u16(at.rowSizes),
    tagOffsets: u32(at.tagOffsets),
    rowTags: u16(at.rowTags),
    tagNames: bytes(at.tagNames),
    endingNames: bytes(at.endingNames),
  };
}
