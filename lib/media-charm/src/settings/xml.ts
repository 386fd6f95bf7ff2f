import { SettingsFileError } from './settings-file-error.js';

/** Changes in a flat XML document: a root element with elements of text in it. */
export interface XmlEdit {
  readonly root: string;
  /** Texts that the elements must have. */
  readonly set?: Readonly<Record<string, string>>;
  /** Texts for elements that the document does not have. */
  readonly default?: Readonly<Record<string, string>>;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** `<Name>text</Name>`, `<Name></Name>` or `<Name />`. */
const elementOf = (name: string): RegExp => new RegExp(`<${name}\\s*(?:/>|>([^<]*)</${name}\\s*>)`);

/**
 * Sets elements and leaves the rest of the document as it is. The same edit again changes nothing.
 *
 * @throws SettingsFileError for a text that has no such root element: an application that rewrote it would lose the user's settings.
 */
export const editXml = (text: string, { root, set = {}, default: absent = {} }: XmlEdit): string => {
  let document = text.trim() === '' ? `<${root}>\n</${root}>\n` : text;
  if (!new RegExp(`<${root}\\s*>`).test(document) || !document.includes(`</${root}>`)) {
    throw new SettingsFileError(`it is not an XML document with the root <${root}>`);
  }
  for (const [name, value] of Object.entries({ ...absent, ...set })) {
    const found = elementOf(name).exec(document);
    const element = `<${name}>${escaped(value)}</${name}>`;
    if (found === null) {
      document = document.replace(new RegExp(`[ \\t]*</${root}>`), (end) => `  ${element}\n${end}`);
    } else if (Object.hasOwn(set, name) && found[1] !== escaped(value)) {
      document = document.replace(found[0], () => element);
    }
  }
  return document;
};
