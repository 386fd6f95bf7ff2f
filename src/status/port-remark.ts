import type { ForwardedPort, PortAnswers } from '@charm-ts/vpn-gateway';

/** The status's words for the forwarded port; none where nobody asked for one. */
export const portRemark = (
  isAsked: boolean,
  forwarded: ForwardedPort,
  holder: PortAnswers['holder'],
): string | undefined => {
  if (!isAsked) return undefined;
  if (forwarded.kind === 'none') return 'no forwarded port yet';
  return holder === undefined ? `port ${forwarded.port} for no client` : `port ${forwarded.port} for ${holder.app}`;
};
