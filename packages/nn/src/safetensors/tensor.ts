/** The numbers of a tensor in a file, as the host has them. */
interface DataOf {
  F64: Float64Array;
  F32: Float32Array;
  /** Bits; see {@link toFloat32}. */
  F16: Uint16Array;
  /** Bits; see {@link toFloat32}. */
  BF16: Uint16Array;
  I64: BigInt64Array;
  I32: Int32Array;
  I16: Int16Array;
  I8: Int8Array;
  U64: BigUint64Array;
  U32: Uint32Array;
  U16: Uint16Array;
  U8: Uint8Array;
  /** 0 or 1 */
  BOOL: Uint8Array;
}

/** The kinds of numbers that are read and written. */
export type SafeDtype = keyof DataOf;

/** A tensor of a safetensors file, by the kind of its numbers. */
export type SafeTensor = {
  [D in SafeDtype]: {
    readonly dtype: D;
    readonly shape: readonly number[];
    /** Row by row. */
    readonly data: DataOf[D];
  };
}[SafeDtype];

interface ArrayConstructor<T> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): T;
}

export const arrayOf: { readonly [D in SafeDtype]: ArrayConstructor<DataOf[D]> } = {
  F64: Float64Array,
  F32: Float32Array,
  F16: Uint16Array,
  BF16: Uint16Array,
  I64: BigInt64Array,
  I32: Int32Array,
  I16: Int16Array,
  I8: Int8Array,
  U64: BigUint64Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/** The floating point numbers of a tensor as float32: rounded if they were wider. Undefined if they are of another kind. */
export function toFloat32(tensor: SafeTensor): Float32Array | undefined {
  switch (tensor.dtype) {
    case 'F32':
      return tensor.data;
    case 'F64':
      return Float32Array.from(tensor.data);
    case 'F16':
      return Float32Array.from(tensor.data, halfToNumber);
    case 'BF16': {
      // The upper half of a float32.
      const words = Uint32Array.from(tensor.data, (bits) => bits * 0x10000);
      return new Float32Array(words.buffer);
    }
    default:
      return undefined;
  }
}

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
