/** Changes in one section of a settings file of sections, keys and values. */
export interface IniEdit {
  readonly section: string;
  /** Values that the keys must have, as they stand in the file (quoted where the format wants it). */
  readonly set?: Readonly<Record<string, string>>;
  /** Values for keys that the file does not have. */
  readonly default?: Readonly<Record<string, string>>;
  /** Between key and value of a new line; `=` by default. */
  readonly separator?: string;
}

interface Span {
  /** Index of the first line after the section's heading. */
  readonly start: number;
  /** Index of the line after the last one. */
  readonly end: number;
}

const heading = /^\s*\[/;
const entry = /^\s*([^#;[\s][^=]*?)\s*=\s?(.*)$/;

/** Lines of a section; sub-sections (`[[name]]`) and the next section end it. */
const spanOf = (lines: readonly string[], section: string): Span | undefined => {
  const at = lines.findIndex((line) => line.trim() === `[${section}]`);
  if (at < 0) return undefined;
  const next = lines.findIndex((line, index) => index > at && heading.test(line));
  return { start: at + 1, end: next < 0 ? lines.length : next };
};

const entriesIn = (
  lines: readonly string[],
  { start, end }: Span,
): ReadonlyMap<string, { at: number; value: string }> =>
  new Map(
    lines.slice(start, end).flatMap((line, index) => {
      const [, key, value] = entry.exec(line) ?? [];
      return key === undefined ? [] : [[key, { at: start + index, value: (value ?? '').trimEnd() }] as const];
    }),
  );

/** The value of a key as it stands in the file, or undefined. */
export const readIni = (text: string, section: string, key: string): string | undefined => {
  const lines = text.split(/\r?\n/);
  const span = spanOf(lines, section);
  return span === undefined ? undefined : entriesIn(lines, span).get(key)?.value;
};

/**
 * Sets keys of a section and leaves every other line as it is: comments, order, line endings, other sections. New keys go to the
 * end of the section, a new section to the end of the file. The same edit again changes nothing.
 */
export const editIni = (text: string, edit: IniEdit): string => {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.split(/\r?\n/);
  const { section, separator = '=' } = edit;
  if (spanOf(lines, section) === undefined) addSection(lines, section);
  const span = spanOf(lines, section) ?? { start: lines.length, end: lines.length };
  const entries = entriesIn(lines, span);
  for (const [key, value] of Object.entries(edit.set ?? {})) {
    const found = entries.get(key);
    if (found !== undefined && found.value !== value) lines[found.at] = `${key}${separator}${value}`;
  }
  const missing = Object.entries({ ...edit.default, ...edit.set }).filter(([key]) => !entries.has(key));
  lines.splice(endOfContent(lines, span), 0, ...missing.map(([key, value]) => `${key}${separator}${value}`));
  return lines.join(eol);
};

/** At the end of the file, which ends in a line break. */
const addSection = (lines: string[], section: string): void => {
  while (lines.at(-1) === '') lines.pop();
  lines.push(...(lines.length === 0 ? [] : ['']), `[${section}]`, '');
};

/** Blank lines before the next section stay before it. */
const endOfContent = (lines: readonly string[], { start, end }: Span): number => {
  let at = end;
  while (at > start && (lines[at - 1] ?? '').trim() === '') at -= 1;
  return at;
};
