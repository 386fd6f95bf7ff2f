import type { CharmMetadata, ConfigOf } from '@charm-ts/ops';

type Action = { readonly params: CharmMetadata['actions'][string]['params'] };

/** What the YAML files of a media charm have to declare; the generated metadata of such a charm fits. */
export interface MediaMetadata extends CharmMetadata {
  readonly requires: {
    readonly 'vpn-gateway': { readonly interface: 'vpn-gateway'; readonly limit: 1; readonly optional: true };
  };
  /** How the leader wakes the other units. */
  readonly peers: { readonly peers: { readonly interface: string } };
  readonly options: {
    readonly 'unsafe-mode': { readonly type: 'boolean'; readonly default: false };
    readonly 'extra-peers': { readonly type: 'string'; readonly default: '' };
    readonly timezone: { readonly type: 'string'; readonly default: string };
    readonly puid: { readonly type: 'int'; readonly default: number };
    readonly pgid: { readonly type: 'int'; readonly default: number };
    readonly 'credentials-rotation': { readonly type: 'string'; readonly default: string };
  };
  readonly actions: { readonly 'verify-vpn': Action; readonly 'rotate-credentials': Action };
  readonly storage: {
    readonly config: { readonly type: 'filesystem' };
    readonly media: { readonly type: 'filesystem'; readonly optional: true };
  };
}

/** The options that all media charms have. */
export type MediaOptions = ConfigOf<MediaMetadata>;
