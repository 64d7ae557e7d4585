/** Up to four neighbouring floats of memory as the lanes of one vector: the ends of rows whose width four does not divide. */

/** Floats 0 .. count - 1 at an address, count in 1 .. 4; the other lanes are 0. */
// @ts-ignore: a decorator on a function
@inline
export function loadLanes(address: usize, count: i32): v128 {
  if (count >= 4) return v128.load(address);
  if (count == 1) return v128.load32_zero(address);
  const two = v128.load64_zero(address);
  return count == 2 ? two : v128.load_lane<f32>(address, two, 2, 8);
}

/** Writes lanes 0 .. count - 1, count in 1 .. 4. */
// @ts-ignore: a decorator on a function
@inline
export function storeLanes(address: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(address, value);
    return;
  }
  if (count == 1) {
    v128.store_lane<f32>(address, value, 0);
    return;
  }
  v128.store_lane<f64>(address, value, 0);
  if (count == 3) v128.store_lane<f32>(address, value, 2, 8);
}
