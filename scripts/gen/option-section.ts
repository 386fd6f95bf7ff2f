/** An option as config.yaml declares it. */
export interface Option {
  readonly type: string;
  readonly default?: string | number | boolean;
  readonly description: string;
}

/** Text as code. */
export const code = (text: string): string => `\`${text}\``;

/** A text of a YAML file as Markdown: angle brackets would be taken for HTML, but for those in code. */
export const markdown = (text: string): string =>
  text
    .trim()
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;').replaceAll('>', '&gt;')))
    .join('');

/** An option under a heading of its own. */
export const optionSection = (name: string, { type, default: byDefault, description }: Option): string => {
  const value = byDefault === undefined || byDefault === '' ? 'empty' : code(String(byDefault));
  return `### ${code(name)}\n\n${type}, default: ${value}\n\n${markdown(description)}`;
};
