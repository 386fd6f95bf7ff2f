"""A charm that tries what a charm can do with Juju's hook tools and tells how each try ended."""

import json
from collections.abc import Callable
from typing import Any

import ops

ENDPOINT = "link"


class ProbeCharm(ops.CharmBase):
    """Its action `probe` runs every case, in order; later cases see what earlier ones did."""

    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        framework.observe(self.on.probe_action, self._probe)

    def _probe(self, event: ops.ActionEvent) -> None:
        verdicts = {name: self._verdict(case) for name, case in self._cases().items()}
        event.set_results({"verdicts": json.dumps(verdicts)})

    @staticmethod
    def _verdict(case: Callable[[], Any]) -> Any:
        try:
            return case()
        except Exception as error:
            return f"! {type(error).__name__}"

    def _cases(self) -> dict[str, Callable[[], Any]]:
        return {**self._unit(), **self._relation(), **self._user_secrets(), **self._own_secrets(), **self._statuses()}

    def _unit(self) -> dict[str, Callable[[], Any]]:
        def ports() -> list[str]:
            self.unit.set_ports(8080, ops.Port("udp", 53))
            return sorted(f"{port.port}/{port.protocol}" for port in self.unit.opened_ports())

        return {
            "leader": self.unit.is_leader,
            "planned units": self.app.planned_units,
            "model name": lambda: self.model.name,
            "option with a default": lambda: self.config["text"],
            "option that is set": lambda: self.config["number"],
            "option without a value": lambda: self.config.get("nothing", "absent"),
            "ports": ports,
            "port out of range": lambda: self.unit.open_port("tcp", 70000),
            "workload version": lambda: self.unit.set_workload_version("1.2"),
            "resource that is no resource": lambda: str(self.model.resources.fetch("none")),
        }

    def _relation(self) -> dict[str, Callable[[], Any]]:
        def relation() -> ops.Relation:
            found = self.model.get_relation(ENDPOINT)
            assert found is not None
            return found

        def remote_unit() -> ops.Unit:
            return sorted(relation().units, key=lambda unit: unit.name)[0]

        def write(owner: Callable[[], Any], key: str = "mine", value: Any = "1") -> Callable[[], Any]:
            def case() -> Any:
                relation().data[owner()][key] = value
                return relation().data[owner()].get(key, "gone")

            return case

        def read(owner: Callable[[], Any]) -> Callable[[], Any]:
            return lambda: {k: v for k, v in sorted(relation().data[owner()].items()) if "address" not in k and "subnet" not in k}

        own_app, own_unit = (lambda: self.app), (lambda: self.unit)
        return {
            "remote application": lambda: relation().app.name,
            "remote units": lambda: sorted(unit.name for unit in relation().units),
            "read remote application": read(lambda: relation().app),
            "read remote unit": read(remote_unit),
            "write remote application": write(lambda: relation().app),
            "write remote unit": write(remote_unit),
            "read own application": read(own_app),
            "write own application": write(own_app),
            "read own application again": read(own_app),
            "write own unit": write(own_unit),
            "read own unit": read(own_unit),
            "empty text deletes": write(own_unit, value=""),
            "deleted key": lambda: relation().data[self.unit].pop("never", "gone"),
            "number is no text": write(own_unit, value=1),
            "several lines": write(own_unit, value="a\nb\n"),
            "other alphabets": write(own_unit, value="é ☃ =\t'\"\\"),
            "unknown relation": lambda: self.model.get_relation(ENDPOINT, 99).data[self.unit]["a"],
            "ingress address is one": lambda: str(self.model.get_binding(relation()).network.ingress_address).count("."),
        }

    def _user_secrets(self) -> dict[str, Callable[[], Any]]:
        def content(option: str, **how: bool) -> Callable[[], Any]:
            return lambda: self.model.get_secret(id=str(self.config[option])).get_content(**how)

        return {
            "granted secret": content("granted"),
            "granted secret, refreshed": content("granted", refresh=True),
            "granted secret, peeked": lambda: self.model.get_secret(id=str(self.config["granted"])).peek_content(),
            "secret without a grant": content("ungranted"),
            "unknown secret": lambda: self.model.get_secret(id="secret:d0erdgfmp25c762i8np0").get_content(),
            "unknown label": lambda: self.model.get_secret(label="nobody").get_content(),
            "info of another's secret": lambda: self.model.get_secret(id=str(self.config["granted"])).get_info().revision,
        }

    def _own_secrets(self) -> dict[str, Callable[[], Any]]:
        def made(owner: ops.Application | ops.Unit, label: str) -> Callable[[], Any]:
            return lambda: owner.add_secret({"password": "one"}, label=label).get_content()

        def label(name: str) -> ops.Secret:
            return self.model.get_secret(label=name)

        def changed(name: str) -> Callable[[], Any]:
            def case() -> Any:
                label(name).set_content({"password": "two"})
                return [label(name).get_info().revision, label(name).peek_content()]

            return case

        def granted() -> str:
            relation = self.model.get_relation(ENDPOINT)
            assert relation is not None
            label("of the app").grant(relation)
            return "granted"

        return {
            "make one of the application": made(self.app, "of the app"),
            "make one of the unit": made(self.unit, "of the unit"),
            "same label twice": made(self.unit, "of the unit"),
            "key that is too short": lambda: self.unit.add_secret({"a": "b"}).get_content(),
            "read by label": lambda: label("of the unit").get_content(),
            "info by label": lambda: label("of the unit").get_info().label,
            "rotation": lambda: str(label("of the unit").get_info().rotation),
            "grant": granted,
            "remove": lambda: label("of the unit").remove_all_revisions(),
        }

    def _statuses(self) -> dict[str, Callable[[], Any]]:
        def unit_status() -> str:
            self.unit.status = ops.BlockedStatus("wait: no -- dashes")
            return f"{self.unit.status.name}: {self.unit.status.message}"

        def app_status() -> str:
            self.app.status = ops.ActiveStatus("all well")
            return f"{self.app.status.name}: {self.app.status.message}"

        return {"unit status": unit_status, "application status": app_status}


if __name__ == "__main__":
    ops.main(ProbeCharm)
