/** Names the first service that was asked for and counts the others; a replan was asked for none, so it counts those that it touched. */
export function changeSummary(kind: string, named: readonly string[], touched: readonly string[]): string {
  const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const [first] = named;
  if (first === undefined) return `${title} - no services`;
  const others = (kind === 'replan' ? named : touched).length - 1;
  return `${title} service "${first}"${others > 0 ? ` and ${others} more` : ''}`;
}
