/** Where Gluetun's control server listens on the pod's loopback. */
export const controlPort = 8000;

const tagOfRelease = /:(?<version>v\d[\w.-]*)$/;

/** What Gluetun's control server answers a process of the pod: the version of its image, and of other things that it does not know them. */
export function controlAnswer(path: string, image: string): { readonly status: number; readonly body: string } {
  const version = tagOfRelease.exec(image)?.groups?.['version'];
  return path === '/v1/version' && version !== undefined
    ? { status: 200, body: JSON.stringify({ version }) }
    : { status: 404, body: '404 page not found\n' };
}
