import type { OpenPath, RequirerOptions } from '@charm-ts/vpn-gateway';
import type { CredentialsContent } from './credentials/credentials.js';

/** What the application's own settings file has to say. */
export interface SettingsRequest {
  readonly credentials: CredentialsContent;
  /** Host names under which the cluster reaches the page. */
  readonly names: readonly string[];
  /** Where the optional storage `media` is mounted. */
  readonly mediaFolder: string | undefined;
  /** The verified way to the world; undefined in `unsafe-mode`, where there is none. */
  readonly path: OpenPath | undefined;
}

/** What is particular about an application; everything else is in {@link MediaCharm}. */
export interface MediaApp {
  /** Of its container and its service. */
  readonly name: string;
  /** As people write it. */
  readonly title: string;
  readonly webPort: number;
  /** A page that answers without a login: the health check. */
  readonly page: string;
  /** The program with its arguments, a line of POSIX shell. It runs as the user of the options. */
  readonly command: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly settingsFile: string;
  /** What the application wants from the VPN besides its page. */
  readonly vpn?: RequirerOptions;
  /** Fresh credentials, for a new installation or a rotation. */
  newCredentials(): CredentialsContent;
  /**
   * The settings file with what is ours set, and everything else as the user left it; an empty text for a file that is not there.
   * Throws {@link SettingsFileError} for a file that the application itself could not read.
   */
  settings(text: string, request: SettingsRequest): string;
}

/** The volume that holds the settings of every application. */
export const configFolder = '/config';
/** Where the storage `media` is mounted in the workload. */
export const mediaFolder = '/media';
