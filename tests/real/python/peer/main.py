"""Answers requests, one JSON object a line, until its input ends: {"call": name, …} gives {"value": …} or {"error": text}."""

import ipaddress
import json
import sys
import traceback
from typing import Any

import charmarr_lib.vpn._version
import cluster
import databags
import ops
import probe


def versions(_: dict[str, Any]) -> dict[str, str]:
    """What is installed here."""
    return {"library": charmarr_lib.vpn._version.__version__, "ops": ops.__version__}


def prefixes(request: dict[str, Any]) -> list[str]:
    """A list of prefixes as Python's own module understands it: normal form, sorted, none inside another, no ztunnel."""
    texts = [text for text in request["list"].replace(",", " ").split() if text != "169.254.7.127/32"]
    networks = {ipaddress.ip_network(text, strict=False) for text in texts}
    kept = [
        network
        for network in networks
        if not any(network != other and network.version == other.version and network.subnet_of(other) for other in networks)
    ]
    return [str(network) for network in sorted(kept, key=lambda each: (each.version, each))]


CALLS = {
    "prefixes": prefixes,
    "versions": versions,
    "provider": databags.provider,
    "requirer": databags.requirer,
    "verdicts": probe.verdicts,
    "reconcile": cluster.reconcile,
    "cluster_dns": cluster.cluster_dns,
}


def answer(line: str) -> dict[str, Any]:
    """One request; whatever goes wrong is told to the test."""
    request = json.loads(line)
    try:
        return {"value": CALLS[request["call"]](request)}
    except Exception:
        return {"error": traceback.format_exc()}


def main() -> None:
    # What a library prints must not end up among the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    for line in sys.stdin:
        answers.write(json.dumps(answer(line)) + "\n")
        answers.flush()


main()
