export type { MediaApp, SettingsRequest } from './media-app.js';
export { MediaCharm } from './media-charm.js';
export { newApiKey, newPassword } from './credentials/random-text.js';
export type { CredentialsContent } from './credentials/credentials.js';
export { editIni, type IniEdit, readIni } from './settings/ini.js';
export { editXml, type XmlEdit } from './settings/xml.js';
export { SettingsFileError } from './settings/settings-file-error.js';
