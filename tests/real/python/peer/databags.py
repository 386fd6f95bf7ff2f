"""Charms whose whole relation is the published library's, run by Scenario for one event at a time."""

import json
import logging
from typing import Any

import ops
from charmarr_lib.vpn.interfaces import (
    VPNGatewayProvider,
    VPNGatewayProviderData,
    VPNGatewayRequirer,
    VPNGatewayRequirerData,
)
from ops import testing
from pydantic import ValidationError

ENDPOINT = "vpn-gateway"
logging.disable(logging.CRITICAL)


class ProviderCharm(ops.CharmBase):
    """Publishes what its option says, as a gateway charm does in every hook."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.vpn = VPNGatewayProvider(self)
        events = self.on[ENDPOINT]
        for event in (self.on.config_changed, events.relation_created, events.relation_changed, events.relation_broken):
            framework.observe(event, self._publish)

    def _publish(self, _: ops.EventBase) -> None:
        fields = json.loads(str(self.config["fields"]))
        self.vpn.publish_data(VPNGatewayProviderData(**fields))


class RequirerCharm(ops.CharmBase):
    """Publishes its name, and says with its status what the library calls ready, as the client charms do."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self.vpn = VPNGatewayRequirer(self)
        framework.observe(self.vpn.on.changed, self._reconcile)
        framework.observe(self.on[ENDPOINT].relation_created, self._reconcile)

    def _reconcile(self, _: ops.EventBase) -> None:
        self.vpn.publish_data(VPNGatewayRequirerData(instance_name=self.app.name))
        if not self.model.relations[ENDPOINT]:
            self.unit.status = ops.BlockedStatus("no relation")
        elif self.vpn.get_gateway() is None:
            self.unit.status = ops.WaitingStatus("no data")
        elif not self.vpn.is_ready():
            self.unit.status = ops.WaitingStatus("not connected")
        else:
            self.unit.status = ops.ActiveStatus()


def _context(charm: type[ops.CharmBase], role: str, app: str) -> testing.Context:
    meta = {"name": app, role: {ENDPOINT: {"interface": "vpn-gateway"}}}
    config = {"options": {"fields": {"type": "string", "default": "{}"}}}
    return testing.Context(charm, meta=meta, config=config, app_name=app)


def _event(context: testing.Context, name: str, relation: testing.Relation) -> Any:
    if name == "config-changed":
        return context.on.config_changed()
    return getattr(context.on, name.replace("-", "_"))(relation)


def provider(request: dict[str, Any]) -> dict[str, Any]:
    """What a gateway writes for these fields, and which clients it counts."""
    app = request.get("app", "gluetun")
    context = _context(ProviderCharm, "provides", app)
    relations = [
        testing.Relation(ENDPOINT, id=number + 1, remote_app_name=f"client{number}", remote_app_data=remote)
        for number, remote in enumerate(request.get("remotes", [{}]))
    ]
    state = testing.State(
        leader=request.get("leader", True),
        config={"fields": json.dumps(request["fields"])},
        relations=relations,
    )
    event = _event(context, request.get("event", "config-changed"), relations[0])
    try:
        with context(event, state) as manager:
            clients = manager.charm.vpn.get_connected_clients()
            out = manager.run()
    except testing.errors.UncaughtCharmError as error:
        if isinstance(error.__cause__, ValidationError):
            return {"refused": [".".join(map(str, fault["loc"])) for fault in error.__cause__.errors()]}
        raise
    databags = [dict(out.get_relation(relation.id).local_app_data) for relation in relations]
    return {"databags": databags, "clients": clients}


def requirer(request: dict[str, Any]) -> dict[str, Any]:
    """What a client reads from the gateway's databag, what it calls that, and what it writes itself."""
    context = _context(RequirerCharm, "requires", request.get("app", "sabnzbd"))
    relation = testing.Relation(ENDPOINT, id=1, remote_app_name="gluetun", remote_app_data=request["remote"])
    state = testing.State(leader=request.get("leader", True), relations=[relation])
    event = _event(context, request.get("event", "relation-changed"), relation)
    with context(event, state) as manager:
        gateway = manager.charm.vpn.get_gateway()
        ready = manager.charm.vpn.is_ready()
        out = manager.run()
    changed = [event for event in context.emitted_events if type(event).__name__ == "VPNGatewayChangedEvent"]
    return {
        "gateway": None if gateway is None else gateway.model_dump(),
        "ready": ready,
        "changes": len(changed),
        "status": f"{out.unit_status.name}: {out.unit_status.message}",
        "databag": dict(out.get_relation(1).local_app_data),
    }
