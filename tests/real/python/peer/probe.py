"""The probe charm in Canonical's test kit."""

import json
from typing import Any

from ops import testing
from probe_charm import ENDPOINT, ProbeCharm


def verdicts(request: dict[str, Any]) -> dict[str, Any]:
    """How each case ends for a leader or a follower, in the state that the other side builds too."""
    context = testing.Context(ProbeCharm, meta=request["metadata"], config=request["config"], actions=request["actions"])
    granted = testing.Secret({"token": "abc"})
    # A secret that was not granted cannot be said there; one that is not in the state comes nearest.
    ungranted = testing.Secret({"token": "def"})
    state = testing.State(
        leader=request["leader"],
        planned_units=2,
        model=testing.Model(name="media", type="kubernetes"),
        config={"number": 7, "granted": granted.id, "ungranted": ungranted.id},
        relations=[
            testing.Relation(
                ENDPOINT,
                remote_app_name="remote",
                remote_app_data={"config": "theirs"},
                remote_units_data={0: {}},
            )
        ],
        secrets=[granted],
    )
    context.run(context.on.action("probe"), state)
    return json.loads(context.action_results["verdicts"])
