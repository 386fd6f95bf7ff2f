import { type Fields, fields, list } from '../charm/fields.js';

/** The parts of a pod template that decide what the pod looks like from inside. */
export interface PodTemplate {
  readonly initContainers: readonly string[];
  readonly containers: readonly string[];
  /** ConfigMaps mounted as volumes, by volume name. */
  readonly configMaps: Readonly<Record<string, string>>;
  /** Volume claims that a container mounts, by container and path. */
  readonly claims: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** Reads the template of a StatefulSet as the API server stores it. */
export function readPodTemplate(statefulSet: Fields | undefined): PodTemplate {
  const set = fields(statefulSet?.['spec']);
  const spec = fields(fields(set['template'])['spec']);
  const claimed = list(set['volumeClaimTemplates']).map(({ metadata }) => fields(metadata)['name']);
  return {
    initContainers: names(spec['initContainers']),
    containers: names(spec['containers']),
    configMaps: Object.fromEntries(
      list(spec['volumes']).flatMap((volume) => {
        const configMap = fields(volume['configMap'])['name'];
        return typeof configMap === 'string' ? [[String(volume['name']), configMap]] : [];
      }),
    ),
    claims: Object.fromEntries(
      list(spec['containers']).map(({ name, volumeMounts }) => [
        String(name),
        Object.fromEntries(
          list(volumeMounts)
            .filter((mount) => claimed.includes(mount['name']))
            .map((mount) => [String(mount['mountPath']), String(mount['name'])]),
        ),
      ]),
    ),
  };
}

const settingsOf = new WeakMap<object, Readonly<Record<string, string>>>();

/** The `settings` file of a ConfigMap: plain `KEY=value` lines. */
export function readSettings(configMap: Fields | undefined): Readonly<Record<string, string>> {
  if (configMap === undefined) return {};
  const known = settingsOf.get(configMap);
  if (known !== undefined) return known;
  const text = fields(configMap['data'])['settings'];
  const settings = parseSettings(typeof text === 'string' ? text : '');
  settingsOf.set(configMap, settings);
  return settings;
}

function parseSettings(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at > 0 && !line.startsWith('#') ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
}

function names(value: unknown): readonly string[] {
  return list(value).map((item) => String(item['name']));
}
