// Preloaded into every contender: it prints its peak memory when it ends, by the system's own count.
process.on('exit', () => {
  process.stdout.write(`${JSON.stringify({ peakKb: process.resourceUsage().maxRSS })}\n`);
});
