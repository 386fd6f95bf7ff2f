import { isIPv4 } from 'node:net';

/** Directives that run a program, read or write other files, or take over what holds the tunnel and its routes. */
const refused = new Set(
  `up down up-restart down-pre route-up route-pre-down ipchange tls-verify auth-user-pass-verify client-connect
  client-disconnect learn-address plugin script-security config management management-client setenv setenv-safe iproute
  cd chroot writepid log log-append status daemon syslog echo route-nopull route-noexec redirect-private allow-pull-fqdn
  mark bind-dev dev-node socks-proxy http-proxy connection`.split(/\s+/),
);

const isTcp = (protocol: string | undefined): boolean => protocol?.startsWith('tcp') === true;

const directiveProblems = (name: string, [first, , third]: readonly string[]): readonly string[] => [
  ...(refused.has(name) ? [`${name} cannot be used on a gateway`] : []),
  ...((name === 'proto' && isTcp(first)) || (name === 'remote' && isTcp(third))
    ? ['must use UDP, the gateway lets nothing else out beside the tunnel']
    : []),
  ...(name === 'remote' && !isIPv4(first ?? '') ? ['remote must be an IPv4 address, no name'] : []),
  ...(name === 'dev' && first?.startsWith('tun') !== true ? ['dev must be tun'] : []),
];

/** The directives with the numbers of their lines, without those of inline files. */
const directivesOf = (text: string): readonly { readonly number: number; readonly words: readonly string[] }[] => {
  let inline: string | undefined;
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.replace(/[#;].*$/, '').trim();
    const [, closing, tag] = /^<(\/?)([\w-]+)>$/.exec(line) ?? [];
    const directive = { number: index + 1, words: tag === undefined ? line.split(/\s+/) : [tag] };
    const isInside = inline !== undefined;
    if (tag !== undefined) inline = closing === '' ? tag : undefined;
    return line === '' || isInside ? [] : [directive];
  });
};

/** Why a configuration file for OpenVPN cannot be used; no problem quotes a value. */
export const openVpnConfigProblems = (text: string): readonly string[] => {
  const directives = directivesOf(text).map(({ number, words: [name = '', ...values] }) => ({
    number,
    name: name.replace(/^--/, ''),
    values,
  }));
  return [
    ...directives.flatMap(({ number, name, values }) =>
      directiveProblems(name, values).map((problem) => `line ${number}: ${problem}`),
    ),
    ...(directives.some(({ name }) => name === 'remote') ? [] : ['has no remote']),
  ];
};
