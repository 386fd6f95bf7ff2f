/**
 * Every code of this package with what it means; `docs/reference/errors.md` says what to do about each.
 * A code keeps its meaning for ever.
 */
export const errorCodes = {
  environment: 'a variable that Juju sets for this kind of event is missing or makes no sense',
  'hook-tool-failed': 'a hook tool exited with an error that has no code of its own',
  'hook-tool-not-started': 'a hook tool could not be started',
  'hook-tool-output': 'a hook tool answered in a form that is not the documented one',
  'relation-not-found': 'Juju does not know the relation, or no longer',
  'relation-data-access': 'the unit may not read or write this databag',
  'secret-not-found': 'Juju knows no such secret',
  'secret-access': 'the secret has not been granted to the application',
  'secret-content': 'Juju would refuse the content of a secret',
  'not-leader': 'only the leader may do this',
  'config-type': 'an option is not of the type that config.yaml declares',
  'unknown-name': 'the metadata of the charm has no such name',
  'floating-promise': 'a handler returned before a call that it had started',
  'action-result': 'Juju would refuse a result of the action',
  'pod-network': 'the network of the pod could not be read, or a server in the pod did not answer',
  'pebble-connection': 'Pebble cannot be reached',
  'pebble-timeout': 'Pebble did not answer, or a change did not end, in time',
  'pebble-api': 'Pebble refused a request',
  'pebble-path': 'a file operation failed in the container',
  'pebble-change': 'a change, such as the start of a service, ended with an error',
  'kubernetes-forbidden': 'the service account may not do this',
  'kubernetes-unauthorized': 'the API server does not accept the token of the service account',
  'kubernetes-conflict': 'the object has changed since it was read',
  'kubernetes-field-conflict': 'another manager owns a field of the apply',
  'kubernetes-invalid': 'the API server refused the object',
  'kubernetes-not-found': 'the object, or its kind, does not exist',
  'kubernetes-unavailable': 'the API server did not answer within the tries of a hook',
  'kubernetes-failed': 'the API server answered with an error that has no code of its own',
} as const;

/** A code of {@link OpsError}. */
export type ErrorCode = keyof typeof errorCodes;
