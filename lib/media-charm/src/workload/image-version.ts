/** Every image of LinuxServer has this file: `Linuxserver.io version: 4.5.5-ls240`. */
export const buildVersionFile = '/build_version';

/** The application's version without that of the image, or undefined for an image that does not tell. */
export const imageVersion = (text: string | undefined): string | undefined =>
  /version:-?\s*v?(\d[\w.]*?)(?:_v[\d.]+)?(?:-r\d+)?(?:-ls\d+)?\s/i.exec(`${text ?? ''}\n`)?.[1];
