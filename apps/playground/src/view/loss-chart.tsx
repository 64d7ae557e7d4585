const width = 600;
const height = 120;

/** The training loss, iteration by iteration, over a logarithm: what goes down fast at first still shows at the end. */
export function LossChart({ losses, of }: { readonly losses: readonly number[]; readonly of: number }) {
  if (losses.length < 2) return null;
  const logs = losses.map((loss) => Math.log(Math.max(loss, 1e-9)));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const x = (at: number) => (width * at) / Math.max(1, of - 1);
  const y = (log: number) => 4 + (height - 8) * (high === low ? 0.5 : (high - log) / (high - low));
  const line = logs.map((log, at) => `${x(at).toFixed(1)},${y(log).toFixed(1)}`).join(' ');
  return (
    <svg
      class="loss-chart"
      viewBox={`0 0 ${String(width)} ${String(height)}`}
      role="img"
      aria-label={`Loss over ${String(losses.length)} iterations: from ${losses[0].toFixed(0)} to ${losses[losses.length - 1].toFixed(1)}`}
      preserveAspectRatio="none"
    >
      <polyline points={line} />
    </svg>
  );
}
