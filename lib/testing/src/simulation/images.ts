/** Text of the files of an image that charms read, by path. */
export type ImageFiles = Readonly<Record<string, string>>;

const linuxServer = /(?:^|\/)linuxserver\/[\w.-]+:(?<tag>[\w.-]+)$/;

/** Images of LinuxServer tell their version, which is also their tag, in a file. */
export function imageFiles(image: string, given: Readonly<Record<string, ImageFiles>> = {}): ImageFiles {
  const tag = linuxServer.exec(image)?.groups?.['tag'];
  return { ...(tag === undefined ? {} : { '/build_version': `Linuxserver.io version: ${tag}\n` }), ...given[image] };
}
