// Faults that are planted into a bundle of the library: each takes one protection away, and the oracle has to notice.
// [name, file below lib/vpn-gateway/src, text, what takes its place]
export const faults = [
  [
    'the workload runs while the pod is being closed',
    'requirer/vpn-gateway-requirer.ts',
    "if (path.kind === 'refused') await endWorkload(stop);",
    'await Promise.resolve();',
  ],
  [
    'the tunnel is not waited for',
    'gate/decide.ts',
    'if (!gateway.connected) {',
    'if (!gateway.connected && running) {',
  ],
  [
    'bad and missing data count as no relation',
    'gate/decide.ts',
    'if (!observed.related) return withoutRelation(observed);',
    "if (!observed.related || observed.gateway.kind !== 'ok') return withoutRelation(observed);",
  ],
  [
    'unsafe-mode does not wait for the take-down',
    'gate/decide.ts',
    "if (objects.kind === 'leaving') {",
    "if (objects.kind === 'leaving' && !unsafe) {",
  ],
  [
    'the route tables are not read',
    'verification/verify-path.ts',
    "return verdict.kind === 'refused' ? verdict : routes;",
    'return verdict.kind === routes.kind ? routes : verdict;',
  ],
  [
    'the sidecar is not asked',
    'verification/verify-path.ts',
    "return verdict.kind === 'refused' ? verdict : routes;",
    "return verdict.kind === 'refused' ? routes : routes;",
  ],
  [
    'the policy is not written',
    'cluster/object-applier.ts',
    'for (const object of [...protection.policies, protection.configMap]) {',
    'for (const object of [protection.configMap]) {',
  ],
  [
    'the ConfigMap comes before the policy',
    'cluster/object-applier.ts',
    'for (const object of [...protection.policies, protection.configMap]) {',
    'for (const object of [protection.configMap, ...protection.policies]) {',
  ],
  [
    'the pod itself is not read',
    'cluster/object-applier.ts',
    "if (!podIsProtected(await this.#ownPod(api), protection)) return { kind: 'restarting' };",
    'await this.#ownPod(api);',
  ],
  [
    'the policy goes while pods still need it',
    'cluster/object-remover.ts',
    'if ((await this.#podsWithOurs(api, removal)).length > 0) {',
    'if ((await this.#podsWithOurs(api, removal)).length < 0) {',
  ],
  [
    'the StatefulSet is not applied',
    'cluster/object-applier.ts',
    'await api.apply(protection.statefulSet, this.#options);',
    'await api.get(refOf(protection.statefulSet));',
  ],
];
