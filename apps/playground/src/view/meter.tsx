import { percent } from './numbers.js';

/** A probability as a bar and as a number. */
export function Meter({ value }: { readonly value: number }) {
  return (
    <span class="meter">
      <span class="meter-bar" aria-hidden="true">
        <span class="meter-fill" style={{ inlineSize: `${String(100 * value)}%` }} />
      </span>
      <span class="meter-number">{percent(value)}</span>
    </span>
  );
}
