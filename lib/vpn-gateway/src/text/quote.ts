/** Text of another party, fit for a status line: quoted, one line, cut at 40 characters. */
export function quote(value: string): string {
  const cut = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return JSON.stringify(cut);
}
