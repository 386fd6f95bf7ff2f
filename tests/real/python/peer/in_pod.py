"""Where a charm finds things in a pod of the sandbox: the same places as in a real pod, below the pod's root."""

import logging
import os
from pathlib import Path

import ops
from charmarr_lib.krm import K8sResourceManager
from lightkube import Client
from lightkube.config.kubeconfig import KubeConfig

AGENTS = "/var/lib/juju/agents/"


def root() -> Path:
    """What stands before Juju's own path: nothing in a real pod."""
    return Path(os.environ["JUJU_CHARM_DIR"].split(AGENTS)[0] + "/")


def manager() -> K8sResourceManager:
    """The library's access to Kubernetes, with the service account of the pod."""
    # Each line of a log is a process of its own.
    logging.getLogger().setLevel(logging.WARNING)
    account = root() / "var/run/secrets/kubernetes.io/serviceaccount"
    return K8sResourceManager(Client(config=KubeConfig.from_service_account(service_account=str(account))))


def pebble(container: str) -> ops.pebble.Client:
    """The Pebble of a workload container."""
    return ops.pebble.Client(socket_path=str(root() / "charm/containers" / container / "pebble.socket"))
