"""Two people act on the same visit at once: one wins, the other is told, nothing is half done."""

from __future__ import annotations

import threading

from ckan import model
from ckan.plugins import toolkit as tk

from tests.integration.office import WAY, act, call, submit

NAME = "jumlah-penduduk"


def both_at_once(office, case, actor: str, outcome: str) -> list[str]:
    """What two simultaneous acts come to: `won`, or the code of the refusal."""
    results: list[str] = []
    ready = threading.Barrier(2)

    def attempt() -> None:
        ready.wait(timeout=30)
        try:
            act(office, case, actor, outcome)
            results.append("won")
        except tk.ValidationError as error:
            results.append(error.error_dict["code"][0])
        finally:
            model.Session.remove()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(results)


def test_of_two_simultaneous_acts_one_wins_at_every_step(office):
    case = submit(office)

    for _step, actor, outcome in WAY:
        assert both_at_once(office, case, actor, outcome) == ["version_conflict", "won"]
        model.Session.rollback()
        case = call(office[actor], "satudata_case_show", id=NAME)
    ended = [event for event in case["events"] if event["kind"] == "step_ended"]
    assert len(ended) == len(WAY)
