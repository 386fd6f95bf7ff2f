const unitOf: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds of a Go duration such as `1m30s`, undefined when it is none. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return undefined;
  const parts = text.matchAll(/([\d.]+)(ns|us|µs|μs|ms|s|m|h)/g);
  return [...parts].reduce((total, [, amount, unit]) => total + Number(amount) * (unitOf[unit ?? ''] ?? 0), 0);
}

/** A duration as Go prints it: `1h0m0s`, `1.5s`, `500ms`, `0s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  if (milliseconds < 1) {
    const micro = milliseconds * 1_000;
    return micro < 1 ? `${Math.round(micro * 1_000)}ns` : `${trimmed(micro, 3)}µs`;
  }
  if (milliseconds < 1_000) return `${trimmed(milliseconds, 6)}ms`;
  const hours = Math.floor(milliseconds / 3_600_000);
  const minutes = Math.floor((milliseconds % 3_600_000) / 60_000);
  const seconds = `${trimmed((milliseconds % 60_000) / 1_000, 9)}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}

/** RFC 3339 as Go prints it. */
export function goTime(time: Date, precision: 'seconds' | 'fractions' = 'fractions'): string {
  const text = time.toISOString();
  if (precision === 'seconds') return text.replace(/\.\d+Z$/, 'Z');
  return text.replace(/\.?0*Z$/, 'Z');
}
