/** A sum that keeps what rounding drops (Neumaier): sums of 10,000 scores of ±1e3 stay right to the last digit. */
export class RunningSum {
  private sum = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.sum + value;
    this.lost += Math.abs(this.sum) >= Math.abs(value) ? this.sum - next + value : value - next + this.sum;
    this.sum = next;
  }

  /** The sum; ±Infinity once such a value was added, or once the sum left the range of numbers. */
  get value(): number {
    return Number.isFinite(this.sum) ? this.sum + this.lost : this.sum;
  }
}
