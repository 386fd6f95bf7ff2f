import { faultList } from '@charm-ts/vpn-gateway';

/** One thing that the operator has to change before the gateway can run. */
export type Fault =
  | { readonly kind: 'unset'; readonly option: string; readonly because?: string }
  | { readonly kind: 'wrong'; readonly option: string; readonly problem: string }
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'cluster'; readonly problem: string };

export const unset = (option: string, because?: string): Fault => ({
  kind: 'unset',
  option,
  ...(because === undefined ? {} : { because }),
});

export const wrong = (option: string, problem: string): Fault => ({ kind: 'wrong', option, problem });

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const unsetOptions = (faults: readonly Fault[]): string[] => {
  const groups = new Map<string, string[]>();
  for (const fault of faults) {
    if (fault.kind !== 'unset') continue;
    const because = fault.because === undefined ? '' : ` (${fault.because})`;
    groups.set(because, [...(groups.get(because) ?? []), fault.option]);
  }
  return [...groups].map(([because, options]) => `set ${listed(options)}${because}`);
};

/**
 * The text of a blocked status: the faults, options that are not set in one breath.
 *
 * @example describeFaults([unset('vpn-provider'), unset('cluster-cidrs')]) // 'set vpn-provider and cluster-cidrs'
 */
export const describeFaults = (faults: readonly Fault[]): string =>
  faultList([
    ...unsetOptions(faults),
    ...faults.flatMap((fault) => {
      switch (fault.kind) {
        case 'unset':
          return [];
        case 'wrong':
          return [`${fault.option}: ${fault.problem}`];
        case 'command':
          return [`run: ${fault.command}`];
        case 'cluster':
          return [fault.problem];
        default:
          return fault satisfies never;
      }
    }),
  ]);
