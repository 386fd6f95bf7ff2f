import type { Layer } from '@charm-ts/ops';

/** The page of {{title}}. */
export const webPort = {{port}};

/** How {{title}} runs, and a check that its page answers. Services start when the path through the VPN has been verified. */
export const layer: Layer = {
  label: '{{app}}',
  services: {
    '{{app}}': {
      override: 'replace',
      summary: '{{title}}',
      command: "{{command}}",
      startup: 'enabled',
    },
  },
  checks: {
    web: { override: 'replace', startup: 'enabled', threshold: 3, tcp: { port: webPort } },
  },
};
