import { load, YAMLException } from 'js-yaml';
import { UsageError } from './usage-error.js';

/**
 * The document of one of a charm's YAML files; `undefined` for one that holds nothing but comments.
 *
 * @throws UsageError with the file's name and the place of what is no YAML.
 */
export const readYaml = (file: string, text: string): unknown => {
  if (text.replaceAll(/^\s*#.*$/gm, '').trim() === '') return undefined;
  try {
    return load(text);
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    const { reason, mark } = cause;
    const place = mark === undefined ? file : `${file}:${mark.line + 1}:${mark.column + 1}`;
    throw new UsageError(`${place}: ${reason}`, { cause });
  }
};
