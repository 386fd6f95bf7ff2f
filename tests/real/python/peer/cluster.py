"""The library's Kubernetes side against any API server."""

from typing import Any

from charmarr_lib.krm import K8sResourceManager
from charmarr_lib.vpn import get_cluster_dns_ip, reconcile_gateway, reconcile_gateway_client
from charmarr_lib.vpn.interfaces import VPNGatewayProviderData
from lightkube import Client
from lightkube.config.kubeconfig import KubeConfig


def _manager(server: dict[str, str]) -> K8sResourceManager:
    config = KubeConfig.from_dict(
        {
            "clusters": [
                {"name": "c", "cluster": {"server": server["url"], "certificate-authority-data": server["ca"]}}
            ],
            "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u", "namespace": server["namespace"]}}],
            "users": [{"name": "u", "user": {"token": server["token"]}}],
            "current-context": "c",
        }
    )
    return K8sResourceManager(Client(config=config))


def reconcile(request: dict[str, Any]) -> dict[str, str]:
    """Applies what the library makes for a gateway's or a client's application; a client without fields is cleaned up."""
    manager = _manager(request["server"])
    app, namespace = request["app"], request["server"]["namespace"]
    fields = request.get("fields")
    data = None if fields is None else VPNGatewayProviderData(**fields)
    if request["role"] == "gateway":
        assert data is not None
        result = reconcile_gateway(manager, app, namespace, data, input_cidrs=request.get("input_cidrs", []))
    else:
        result = reconcile_gateway_client(manager, app, namespace, data, killswitch=request.get("killswitch", True))
    return {"message": result.message}


def cluster_dns(request: dict[str, Any]) -> dict[str, str]:
    """The address of the cluster's DNS as the library finds it."""
    return {"address": get_cluster_dns_ip(_manager(request["server"]))}
