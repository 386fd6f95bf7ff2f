/** A settings file that is not in the application's format: writing to it could lose what a user has set. */
export class SettingsFileError extends Error {
  override readonly name = 'SettingsFileError';
}
